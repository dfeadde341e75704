package org.accountsecurity.engine.guard;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.accountsecurity.contract.InputContract;
import org.accountsecurity.contract.Variables;
import org.springframework.stereotype.Component;
import org.w3c.dom.Attr;
import org.w3c.dom.Element;

/** Only elements and attributes whose effect the other checks understand; whatever else the engine knows is refused. */
@Component
class ElementCheck implements Check {

    private static final String BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL";
    private static final Set<String> PICTURE = Set.of(
            "http://www.omg.org/spec/BPMN/20100524/DI",
            "http://www.omg.org/spec/DD/20100524/DC",
            "http://www.omg.org/spec/DD/20100524/DI",
            "http://bpmn.io/schema/bpmn/biocolor/1.0",
            "http://www.omg.org/spec/BPMN/non-normative/color/1.0");
    private static final Set<String> NEUTRAL = Set.of(
            "http://camunda.org/schema/modeler/1.0",
            "http://www.w3.org/2001/XMLSchema-instance",
            "http://www.w3.org/2000/xmlns/");

    private static final Set<String> ELEMENTS = Set.of(
            "definitions",
            "process",
            "documentation",
            "extensionElements",
            "incoming",
            "outgoing",
            "startEvent",
            "endEvent",
            "intermediateCatchEvent",
            "boundaryEvent",
            "timerEventDefinition",
            "timeDate",
            "timeDuration",
            "timeCycle",
            "errorEventDefinition",
            "terminateEventDefinition",
            "error",
            "userTask",
            "serviceTask",
            "sendTask",
            "businessRuleTask",
            "callActivity",
            "subProcess",
            "exclusiveGateway",
            "parallelGateway",
            "sequenceFlow",
            "conditionExpression",
            "multiInstanceLoopCharacteristics",
            "textAnnotation",
            "text",
            "association",
            "group",
            "category",
            "categoryValue");

    /** By name, the attributes that they may have. */
    private static final Map<String, Set<String>> EXTENSIONS = Map.of(
            "properties", Set.of(),
            "property", Set.of("id", "name", "value"),
            "in", Set.of("businessKey", "source", "sourceExpression", "target"),
            "inputOutput", Set.of(),
            "inputParameter", Set.of("name"),
            "failedJobRetryTimeCycle", Set.of(),
            "executionListener", Set.of("delegateExpression", "event"));

    /** By name, the elements that may have them: on another the engine would not do what the name says. */
    private static final Map<String, Set<String>> ATTRIBUTES = Map.ofEntries(
            Map.entry("delegateExpression", Beans.DELEGATING),
            Map.entry("assignee", Set.of("userTask")),
            Map.entry("candidateGroups", Set.of("userTask")),
            Map.entry("priority", Set.of("userTask")),
            Map.entry("formRef", Set.of("userTask", "startEvent")),
            Map.entry("formRefBinding", Set.of("userTask", "startEvent")),
            Map.entry("decisionRef", Set.of("businessRuleTask")),
            Map.entry("decisionRefBinding", Set.of("businessRuleTask")),
            Map.entry("mapDecisionResult", Set.of("businessRuleTask")),
            Map.entry("resultVariable", Set.of("businessRuleTask")),
            Map.entry("historyTimeToLive", Set.of("process")),
            Map.entry("isStartableInTasklist", Set.of("process")),
            Map.entry("versionTag", Set.of("process")),
            Map.entry("calledElementBinding", Set.of("callActivity")),
            Map.entry("collection", Set.of("multiInstanceLoopCharacteristics")),
            Map.entry("elementVariable", Set.of("multiInstanceLoopCharacteristics")),
            Map.entry("asyncBefore", ELEMENTS),
            Map.entry("exclusive", ELEMENTS),
            Map.entry("jobPriority", ELEMENTS),
            Map.entry("modelerTemplate", ELEMENTS),
            Map.entry("modelerTemplateVersion", ELEMENTS),
            Map.entry("modelerTemplateIcon", ELEMENTS));
    /** Of BPMN itself, what no other check understands. */
    private static final Set<String> UNKNOWN_IF_TRUE = Set.of("isForCompensation", "isSequential");

    private static final Set<String> BOOLEAN = Set.of(
            "asyncBefore",
            "exclusive",
            "isStartableInTasklist",
            "isExecutable",
            "isInterrupting",
            "cancelActivity",
            "triggeredByEvent");

    private static final Pattern PRIORITY = Pattern.compile("\\d{1,4}");

    private final Beans beans;
    private final List<InputContract> inputs;

    ElementCheck(Beans beans, List<InputContract> inputs) {
        this.beans = beans;
        this.inputs = inputs;
    }

    @Override
    public boolean comesFirst() {
        return true;
    }

    @Override
    public Stream<Finding> findings(Models models) {
        List<Finding> findings = new ArrayList<>();
        models.documents().forEach(document -> Dom.walk(document, (element, owner) -> check(element, owner, findings)));
        return findings.stream();
    }

    /** Whether what is in it is checked as well. */
    private boolean check(Element element, Element owner, List<Finding> findings) {
        String namespace = String.valueOf(element.getNamespaceURI());
        String name = element.getLocalName();
        if (PICTURE.contains(namespace)) {
            return false;
        }
        boolean camunda = Beans.CAMUNDA.equals(namespace);
        if (!(BPMN.equals(namespace) && ELEMENTS.contains(name)) && !(camunda && EXTENSIONS.containsKey(name))) {
            findings.add(Dom.finding(owner, "含有 " + name + "，不在支持的范围内。请去掉，改用模板中的任务、定时和错误事件、排他和并行网关。"));
            return false;
        }
        for (Attr attribute : Dom.attributes(element)) {
            if (!allowed(element, attribute)) {
                findings.add(Dom.finding(owner, "的属性 " + attribute.getName() + " 不在支持的范围内。请去掉，只用模板中的内容。"));
            } else if (BOOLEAN.contains(attribute.getLocalName())
                    && !List.of("true", "false").contains(attribute.getValue())) {
                findings.add(Dom.finding(owner, "的属性 " + attribute.getName() + " 只能是 true 或 false。请改正，或去掉。"));
            } else if (attribute.getLocalName().toLowerCase(Locale.ROOT).endsWith("priority")
                    && !PRIORITY.matcher(attribute.getValue()).matches()) {
                findings.add(Dom.finding(owner, "的属性 " + attribute.getName() + " 应当是 0 到 9999 的数字。请改正，或去掉。"));
            }
        }
        shape(element, owner, findings);
        return true;
    }

    private static boolean allowed(Element element, Attr attribute) {
        String namespace = attribute.getNamespaceURI();
        if (Beans.CAMUNDA.equals(namespace)) {
            return BPMN.equals(element.getNamespaceURI())
                    && ATTRIBUTES
                            .getOrDefault(attribute.getLocalName(), Set.of())
                            .contains(element.getLocalName());
        }
        if (namespace == null) {
            return !Beans.CAMUNDA.equals(element.getNamespaceURI())
                            && !(UNKNOWN_IF_TRUE.contains(attribute.getLocalName())
                                    && Boolean.parseBoolean(attribute.getValue()))
                    || Beans.CAMUNDA.equals(element.getNamespaceURI())
                            && EXTENSIONS.get(element.getLocalName()).contains(attribute.getLocalName());
        }
        return NEUTRAL.contains(namespace) || PICTURE.contains(namespace);
    }

    private void shape(Element element, Element owner, List<Finding> findings) {
        switch (element.getLocalName()) {
            case "conditionExpression", "timeDate", "timeDuration", "timeCycle" -> {
                if (!Dom.children(element).isEmpty()) {
                    findings.add(Dom.finding(owner, "的条件或时间里还有别的内容。请只填写文字。"));
                }
            }
            case "multiInstanceLoopCharacteristics" -> {
                boolean each = "subProcess".equals(element.getParentNode().getLocalName())
                        && element.hasAttributeNS(Beans.CAMUNDA, "collection");
                if (!each) {
                    findings.add(Dom.finding(owner, "不能多次执行。请去掉多实例标记，只在子流程上对数据类别逐一执行。"));
                }
            }
            case "error" -> {
                if (!element.getAttribute("errorCode").matches("\\w+")) {
                    findings.add(Dom.finding(owner, "的错误代码只能是字母和数字。请改成处理程序声明的错误代码。"));
                }
            }
            case "in" -> {
                if (element.hasAttribute("businessKey")
                        && element.getAttributes().getLength() > 1) {
                    findings.add(Dom.finding(owner, "传业务键的一行里还有别的内容，引擎不会读取。请分成两行。"));
                }
            }
            case "extensionElements" -> targets(element, owner, findings);
            case "inputParameter" -> input(element, owner, findings);
            default -> {
                // what it may be is said above
            }
        }
    }

    private static void targets(Element extensions, Element owner, List<Finding> findings) {
        Set<String> targets = new HashSet<>();
        for (Element in : Dom.children(extensions)) {
            if (in.getLocalName().equals("in")
                    && !in.hasAttribute("businessKey")
                    && !targets.add(in.getAttribute("target"))) {
                findings.add(Dom.finding(owner, "把变量 " + in.getAttribute("target") + " 传了两次。请只留一个。"));
            }
        }
    }

    /** An input stands for a variable that the delegate lets models set, and hides no other. */
    private void input(Element input, Element owner, List<Finding> findings) {
        String name = input.getAttribute("name");
        boolean asked = owner.hasAttributeNS(Beans.CAMUNDA, "decisionRef");
        boolean read = Optional.of(owner.getAttributeNS(Beans.CAMUNDA, "delegateExpression"))
                .flatMap(Beans::named)
                .flatMap(beans::type)
                .map(type -> type.getAnnotation(Variables.class))
                .filter(variables -> List.of(variables.inputs()).contains(name))
                .isPresent();
        if (!read && !asked || !Dom.children(input).isEmpty()) {
            findings.add(Dom.finding(owner, "的输入参数 " + name + " 不能在图里填写。请去掉，它由之前的任务或表单给出。"));
        }
        String value = input.getTextContent().strip();
        inputs.stream()
                .filter(contract -> owner.getAttributeNS(Beans.CAMUNDA, "delegateExpression")
                        .equals("${" + contract.delegate() + "}"))
                .flatMap(contract -> contract.objection(name, value).stream())
                .forEach(objection -> findings.add(Dom.finding(owner, "的 " + name + " " + objection)));
    }
}
