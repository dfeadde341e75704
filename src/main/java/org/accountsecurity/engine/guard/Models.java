package org.accountsecurity.engine.guard;

import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.accountsecurity.engine.form.Form;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.dmn.Dmn;
import org.camunda.bpm.model.dmn.DmnModelInstance;

/** The files of one deployment, read. */
class Models {

    /** Where things are drawn, and their colours. */
    static final Pattern PICTURE = Pattern.compile("https?://www\\.omg\\.org/spec/(BPMN|DD|DMN)/\\d+/(DI|DC|DMNDI)/?:.*"
            + "|http://bpmn\\.io/schema/(bpmn|dmn)/bio(color|di)/.*"
            + "|http://www\\.omg\\.org/spec/BPMN/non-normative/color/1\\.0:.*");

    /** All by their ids, a table's with the file that it is in. */
    final Map<String, Tag> processes = new TreeMap<>();

    final Map<String, Form> forms = new TreeMap<>();
    final Map<String, DmnModelInstance> tables = new TreeMap<>();
    final List<Finding> unreadable = new ArrayList<>();
    private final List<Tag> tags = new ArrayList<>();
    private final Map<String, String> files = new HashMap<>();
    private final Map<String, Tag> ids = new HashMap<>();

    Models(Map<String, byte[]> files) {
        new TreeMap<>(files).forEach(this::read);
    }

    private void read(String name, byte[] content) {
        Set<String> named = new HashSet<>();
        try {
            if (name.endsWith(".bpmn") || name.endsWith(".bpmn20.xml")) {
                FileFormat.xml(content, FileFormat.BPMN, named);
                // by its schema, too, as the engine does
                Bpmn.readModelFromStream(new ByteArrayInputStream(content));
                List<Tag> found = add(name, content, "process");
                if (found.isEmpty()) {
                    unreadable.add(new Finding(name, "里没有流程。请画出流程，或去掉这个文件。"));
                }
                found.forEach(process -> once(name, process.id(), processes.put(process.id(), process)));
            } else if (name.endsWith(".dmn") || name.endsWith(".dmn11.xml")) {
                FileFormat.xml(content, FileFormat.DMN, named);
                DmnModelInstance model = Dmn.readModelFromStream(new ByteArrayInputStream(content));
                add(name, content, "dmn:decision")
                        .forEach(decision -> once(name, decision.id(), tables.put(decision.id(), model)));
            } else if (name.endsWith(".form")) {
                FileFormat.text(content);
                Form form = Form.of(name, content);
                if (!form.isComplete()) {
                    throw new IllegalArgumentException(name);
                }
                once(name, form.id(), forms.put(form.id(), form));
            } else {
                unreadable.add(new Finding(name, "不是流程图、决策表或表单。请只部署 .bpmn、.dmn 和 .form 文件。"));
            }
        } catch (FileFormat.Unreadable e) {
            unreadable.add(new Finding(name, e.getMessage()));
        } catch (Exception | StackOverflowError e) {
            unreadable.add(new Finding(name, "无法读取：文件不完整或格式不对。请用 Camunda Modeler 打开检查后重新保存。"));
        }
        named.forEach(id -> files.putIfAbsent(id, name));
    }

    /** Without what the schema would add; what is wrong with the whole is told of the file. */
    private List<Tag> add(String name, byte[] content, String wanted) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultNSInstance();
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        Tag root = new Tag(factory.newDocumentBuilder()
                .parse(new ByteArrayInputStream(content))
                .getDocumentElement());
        root.element().setAttribute("id", name);
        root.element().removeAttribute("name");
        List<Tag> found = root.all(tag -> !PICTURE.matcher(tag.name()).matches());
        found.forEach(tag -> ids.put(name + " " + tag.id(), tag));
        tags.addAll(found);
        return root.children(wanted);
    }

    private void once(String name, String id, Object before) {
        if (before != null) {
            unreadable.add(new Finding(name, "里的 " + id + " 在另一个文件里也有。请删去其中一个，或换一个 id。"));
        }
    }

    /** The elements of the diagrams and tables of these names, or all, but for the picture. */
    Stream<Tag> tags(String... names) {
        return tags.stream().filter(tag -> names.length == 0 || tag.is(names));
    }

    /** What an element refers to by an attribute. */
    Optional<Tag> find(Tag element, String attribute) {
        return Optional.ofNullable(ids.get(element.root().id() + " " + element.get(attribute)));
    }

    /** The form that a task or start event shows, if it names one and that is in the deployment. */
    Optional<Form> formOf(Tag node) {
        return Optional.ofNullable(forms.get(node.get("camunda:formRef")));
    }

    /** The file of an element, by its id; what is in none stands for itself. */
    String fileOf(String element) {
        return files.getOrDefault(element, element);
    }

    /** The call activities that call a process. */
    List<Tag> callsOf(Tag process) {
        return tags("callActivity")
                .filter(call -> process.id().equals(call.get("calledElement")))
                .toList();
    }

    /** The processes that call one, themselves or through others. */
    Set<Tag> callers(Tag process) {
        Set<Tag> found = new HashSet<>();
        collect(process, found);
        return found;
    }

    private void collect(Tag process, Set<Tag> found) {
        callsOf(process).stream().map(Tag::process).filter(found::add).forEach(caller -> collect(caller, found));
    }

    /** Whether something is true of an element, or of what it is in, or of all that call its process. */
    boolean isAround(Tag element, Predicate<Tag> wanted) {
        Tag process = element.process();
        for (Tag scope = element; !scope.equals(process); scope = scope.parent()) {
            if (wanted.test(scope)) {
                return true;
            }
        }
        List<Tag> calls = callsOf(process);
        // what calls itself is refused for that
        return wanted.test(process)
                || callers(process).contains(process)
                || !calls.isEmpty() && calls.stream().allMatch(call -> isAround(call, wanted));
    }
}
