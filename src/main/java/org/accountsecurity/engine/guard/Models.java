package org.accountsecurity.engine.guard;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.BusinessRuleTask;
import org.camunda.bpm.model.bpmn.instance.CallActivity;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.Process;
import org.camunda.bpm.model.xml.instance.ModelElementInstance;
import org.w3c.dom.Document;
import org.xml.sax.SAXException;

/** The files of one deployment, read. */
class Models {

    private final Map<String, Process> processes = new TreeMap<>();
    private final Map<String, Form> forms = new TreeMap<>();
    private final Map<String, byte[]> tables = new TreeMap<>();
    private final List<Document> documents = new ArrayList<>();
    private final List<Finding> unreadable = new ArrayList<>();
    private final Map<Class<?>, List<?>> elements = new HashMap<>();
    private final Map<String, String> owners = new HashMap<>();
    private final Beans beans;
    private List<FlowGraph> graphs;

    Models(Map<String, byte[]> files, Beans beans) {
        this.beans = beans;
        new TreeMap<>(files).forEach(this::read);
    }

    private void read(String name, byte[] content) {
        try {
            if (name.endsWith(".bpmn") || name.endsWith(".bpmn20.xml")) {
                if (isReadable(name, FileFormat.ofDiagram(content))) {
                    diagram(name, content);
                }
            } else if (name.endsWith(".form")) {
                if (isReadable(name, FileFormat.ofForm(content))) {
                    Form form = Form.of(name, new String(content, StandardCharsets.UTF_8));
                    once(name, form.id(), forms.put(form.id(), form));
                }
            } else if (name.endsWith(".dmn") || name.endsWith(".dmn11.xml")) {
                if (isReadable(name, FileFormat.ofTable(content))) {
                    tables.put(name, content);
                }
            } else {
                unreadable.add(new Finding(name, "不是流程图、决策表或表单。请只部署 .bpmn、.dmn 和 .form 文件。"));
            }
        } catch (RuntimeException | StackOverflowError | ParserConfigurationException | SAXException | IOException e) {
            unreadable.add(new Finding(name, "无法读取：文件不完整或格式不对。请用 Camunda Modeler 打开检查后重新保存。"));
        }
    }

    private boolean isReadable(String name, FileFormat format) {
        format.ids().forEach(id -> owners.putIfAbsent(id, name));
        format.objections().forEach(objection -> unreadable.add(new Finding(name, objection)));
        return format.objections().isEmpty();
    }

    private void diagram(String name, byte[] content) throws ParserConfigurationException, SAXException, IOException {
        BpmnModelInstance model = Bpmn.readModelFromStream(new ByteArrayInputStream(content));
        Collection<Process> found = model.getModelElementsByType(Process.class);
        if (found.isEmpty()) {
            unreadable.add(new Finding(name, "里没有流程。请画出流程，或去掉这个文件。"));
        }
        found.forEach(process -> once(name, process.getId(), processes.put(process.getId(), process)));
        References.findings(model).forEach(unreadable::add);
        documents.add(document(content));
    }

    private void once(String name, String id, Object before) {
        if (before != null) {
            unreadable.add(new Finding(name, "里的 " + id + " 在另一个文件里也有。请删去其中一个，或换一个 id。"));
        }
    }

    private static Document document(byte[] content) throws ParserConfigurationException, SAXException, IOException {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setNamespaceAware(true);
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        return factory.newDocumentBuilder().parse(new ByteArrayInputStream(content));
    }

    /** The diagrams as XML. */
    List<Document> documents() {
        return documents;
    }

    Collection<Process> processes() {
        return processes.values();
    }

    Optional<Process> process(String id) {
        return Optional.ofNullable(id).map(processes::get);
    }

    /** The file of an element, by its id; what is in none stands for itself. */
    String fileOf(String element) {
        return owners.getOrDefault(element, element);
    }

    /** One for each process that nobody calls, or that a holder can start. */
    List<FlowGraph> graphs() {
        if (graphs == null) {
            graphs = roots().map(process -> new FlowGraph(process, this, beans)).toList();
        }
        return graphs;
    }

    private Stream<Process> roots() {
        Set<String> called = new HashSet<>();
        elements(CallActivity.class).forEach(call -> called.add(call.getCalledElement()));
        return processes.values().stream()
                .filter(process -> !called.contains(process.getId()) || process.isCamundaStartableInTasklist());
    }

    /** The form that a task or start event shows, if it names one and that is in the deployment. */
    Optional<Form> formOf(FlowNode node) {
        return formRef(node).map(forms::get);
    }

    /** The id of the form that a task or start event names. */
    static Optional<String> formRef(FlowNode node) {
        return Optional.ofNullable(node.getAttributeValueNs(Beans.CAMUNDA, "formRef"));
    }

    Collection<Form> forms() {
        return forms.values();
    }

    Map<String, byte[]> tables() {
        return tables;
    }

    List<Finding> unreadable() {
        return unreadable;
    }

    @SuppressWarnings("unchecked")
    <T extends ModelElementInstance> List<T> elements(Class<T> type) {
        return (List<T>) elements.computeIfAbsent(type, wanted -> find(type));
    }

    private <T extends ModelElementInstance> List<T> find(Class<T> type) {
        return processes.values().stream()
                .flatMap(process -> process.getModelInstance().getModelElementsByType(type).stream()
                        .map(type::cast)
                        .filter(element -> process.equals(processOf(element))))
                .toList();
    }

    /** What a node is extended with, of one type. */
    static <T extends ModelElementInstance> List<T> extensions(FlowNode node, Class<T> type) {
        return node.getExtensionElements() == null
                ? List.of()
                : node.getExtensionElements()
                        .getElementsQuery()
                        .filterByType(type)
                        .list();
    }

    /** The variables into which business rule tasks write what tables of process owners answer. */
    Set<String> ownAnswers() {
        return elements(BusinessRuleTask.class).stream()
                .map(BusinessRuleTask::getCamundaResultVariable)
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
    }

    /** The process that an element is in, at whatever depth; null if it is in none. */
    static Process processOf(ModelElementInstance element) {
        ModelElementInstance scope = element;
        while (scope != null && !(scope instanceof Process)) {
            scope = scope.getParentElement();
        }
        return (Process) scope;
    }

    /** The call activities that call a process. */
    List<CallActivity> callsOf(Process process) {
        return elements(CallActivity.class).stream()
                .filter(call -> process.getId().equals(call.getCalledElement()))
                .toList();
    }
}
