package org.accountsecurity.model;

import static org.accountsecurity.model.Models.elements;
import static org.accountsecurity.model.Models.files;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.accountsecurity.engine.form.Form;
import org.accountsecurity.request.FormValues;
import org.accountsecurity.testing.ApplicationTest;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.model.bpmn.instance.Activity;
import org.camunda.bpm.model.bpmn.instance.BoundaryEvent;
import org.camunda.bpm.model.bpmn.instance.CallActivity;
import org.camunda.bpm.model.bpmn.instance.ConditionExpression;
import org.camunda.bpm.model.bpmn.instance.EndEvent;
import org.camunda.bpm.model.bpmn.instance.Error;
import org.camunda.bpm.model.bpmn.instance.ErrorEventDefinition;
import org.camunda.bpm.model.bpmn.instance.ExclusiveGateway;
import org.camunda.bpm.model.bpmn.instance.FlowElement;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.ParallelGateway;
import org.camunda.bpm.model.bpmn.instance.Process;
import org.camunda.bpm.model.bpmn.instance.ScriptTask;
import org.camunda.bpm.model.bpmn.instance.SequenceFlow;
import org.camunda.bpm.model.bpmn.instance.StartEvent;
import org.camunda.bpm.model.bpmn.instance.SubProcess;
import org.camunda.bpm.model.bpmn.instance.Task;
import org.camunda.bpm.model.bpmn.instance.TerminateEventDefinition;
import org.camunda.bpm.model.bpmn.instance.TimerEventDefinition;
import org.camunda.bpm.model.bpmn.instance.UserTask;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaExecutionListener;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaProperties;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaProperty;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaScript;
import org.camunda.bpm.model.dmn.Dmn;
import org.camunda.bpm.model.dmn.instance.Decision;
import org.camunda.bpm.model.xml.instance.ModelElementInstance;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** Models, forms, beans and constants stay in step: whoever renames one is told what else has to move. */
@ApplicationTest
class ModelTest {

    private static final String CAMUNDA = "http://camunda.org/schema/1.0/bpmn";
    private static final Pattern CHINESE = Pattern.compile(".*\\p{IsHan}.*");
    private static final Pattern KEBAB = Pattern.compile("[a-z]+(-[a-z]+)*");
    private static final Pattern BEAN = Pattern.compile("\\$\\{(\\w+)}");
    /** One boolean, or one comparison with a constant. */
    private static final Pattern CONDITION = Pattern.compile("\\$\\{!?\\w+}|\\$\\{\\w+ == '[A-Z_]+'}");

    @Autowired
    ApplicationContext context;

    @Test
    @DisplayName("a file is named after the process, decision or form in it")
    void aFileIsNamedAfterWhatIsInIt() throws IOException {
        for (File file : files("processes", "bpmn")) {
            assertThat(Models.process(Models.name(file)).getId())
                    .isEqualTo(Models.name(file))
                    .matches(KEBAB);
        }
        for (File file : files("processes", "dmn")) {
            assertThat(Dmn.readModelFromFile(file).getModelElementsByType(Decision.class))
                    .extracting(Decision::getId)
                    .containsExactly(Models.name(file));
        }
        for (File file : files("forms", "form")) {
            assertThat(form(file).id()).isEqualTo(Models.name(file)).matches(KEBAB);
        }
    }

    @Test
    @DisplayName("every id says what type of element it is")
    void everyIdSaysItsType() {
        for (FlowElement element : elements(FlowElement.class)) {
            String type = element instanceof SequenceFlow
                    ? "Flow"
                    : element.getElementType().getTypeName().endsWith("Gateway")
                            ? "Gateway"
                            : upper(element.getElementType().getTypeName());
            assertThat(element.getId()).matches(type + "_[A-Z][A-Za-z]+");
        }
        for (Error error : elements(Error.class)) {
            assertThat(error.getId()).isEqualTo("Error_" + error.getErrorCode());
        }
    }

    @Test
    @DisplayName("names are Chinese; a question is a question and has answers, a join and a fork have none")
    void namesAreChinese() {
        for (FlowNode node : elements(FlowNode.class)) {
            if (node instanceof ParallelGateway) {
                assertThat(node.getName()).as(node.getId()).isNull();
            } else {
                assertThat(node.getName()).as(node.getId()).matches(CHINESE);
            }
        }
        for (ExclusiveGateway gateway : elements(ExclusiveGateway.class)) {
            assertThat(gateway.getName()).as(gateway.getId()).endsWith("？");
            assertThat(gateway.getOutgoing())
                    .as(gateway.getId())
                    .allSatisfy(answer ->
                            assertThat(answer.getName()).as(answer.getId()).matches(CHINESE));
        }
        for (Process process : elements(Process.class)) {
            assertThat(process.getName()).matches(CHINESE);
        }
    }

    @Test
    @DisplayName("there is one end event for each outcome, no two with one name")
    void thereIsOneEndEventForEachOutcome() {
        for (Process process : elements(Process.class)) {
            assertThat(process.getChildElementsByType(EndEvent.class))
                    .extracting(EndEvent::getName)
                    .as(process.getId())
                    .doesNotHaveDuplicates();
        }
    }

    @Test
    @DisplayName("every service is a delegate that exists, and every delegate serves")
    void everyServiceIsADelegate() {
        Set<String> used = elements(Task.class).stream()
                .map(task -> task.getAttributeValueNs(CAMUNDA, "delegateExpression"))
                .filter(Objects::nonNull)
                .map(ModelTest::bean)
                .collect(Collectors.toCollection(TreeSet::new));

        // what only owners' diagrams use
        used.add("sendNoticeDelegate");
        assertThat(used).containsExactlyInAnyOrderElementsOf(names(JavaDelegate.class));
        assertThat(elements(Task.class).stream()
                        .filter(task -> !(task instanceof UserTask))
                        .filter(task -> task.getAttributeValueNs(CAMUNDA, "delegateExpression") == null))
                .isEmpty();
        assertThat(elements(CamundaExecutionListener.class))
                .extracting(listener -> bean(listener.getCamundaDelegateExpression()))
                .allMatch(bean -> context.getBean(bean) instanceof ExecutionListener);
    }

    @Test
    @DisplayName("there is no script and no class name in a model, and no comment that Modeler would drop")
    void thereIsNoScript() throws IOException {
        assertThat(elements(ScriptTask.class)).isEmpty();
        assertThat(elements(CamundaScript.class)).isEmpty();
        for (File file : Stream.concat(files("processes", "bpmn").stream(), files("processes", "dmn").stream())
                .toList()) {
            assertThat(Files.readString(file.toPath()))
                    .as(file.getName())
                    .doesNotContain("<!--", "camunda:class=", "scriptFormat=", "org.accountsecurity");
        }
    }

    @Test
    @DisplayName("a condition is one boolean or one comparison with a constant")
    void aConditionIsSimple() {
        assertThat(elements(ConditionExpression.class))
                .isNotEmpty()
                .allSatisfy(condition -> assertThat(condition.getTextContent()).matches(CONDITION));
    }

    @Test
    @DisplayName("the constants that a gateway compares with are options of the form before it, or of an enum")
    void theConstantsOfAGatewayExist() throws IOException, ReflectiveOperationException {
        for (ConditionExpression condition : elements(ConditionExpression.class)) {
            if (!condition.getTextContent().contains("==")) {
                continue;
            }
            SequenceFlow flow = (SequenceFlow) condition.getParentElement();
            String constant = condition.getTextContent().replaceAll(".*'([A-Z_]+)'.*", "$1");
            if (condition.getTextContent().startsWith("${codeResult ==")) {
                assertThat(Class.forName("org.accountsecurity.verification.CheckedCode$Result")
                                .getEnumConstants())
                        .extracting(Object::toString)
                        .as(flow.getId())
                        .contains(constant);
                continue;
            }
            assertThat(condition.getTextContent()).startsWith("${choice ==");
            UserTask before =
                    (UserTask) flow.getSource().getIncoming().iterator().next().getSource();

            assertThat(choices(formOf(before))).as(flow.getId()).contains(constant);
        }
    }

    @Test
    @DisplayName(
            "every user task is the subject's or a staff group's, with a form that exists, and every form has a place")
    void everyUserTaskHasAForm() {
        Set<String> used = new HashSet<>();
        for (UserTask task : elements(UserTask.class)) {
            if (task.getCamundaCandidateGroups() == null) {
                assertThat(task.getCamundaAssignee()).as(task.getId()).isEqualTo("${subject}");
            } else {
                assertThat(task.getCamundaCandidateGroups()).as(task.getId()).isEqualTo("support");
                assertThat(task.getCamundaAssignee()).as(task.getId()).isNull();
            }
            assertThat(task.getCamundaFormRefBinding()).as(task.getId()).isEqualTo("deployment");
            used.add(task.getCamundaFormRef());
        }
        elements(StartEvent.class).stream()
                .map(StartEvent::getCamundaFormRef)
                .filter(Objects::nonNull)
                .forEach(used::add);

        assertThat(used)
                .containsExactlyInAnyOrderElementsOf(
                        files("forms", "form").stream().map(Models::name).toList());
    }

    @Test
    @DisplayName("every waiting user task has a way out by time")
    void everyWaitingTaskHasAWayOutByTime() {
        for (UserTask task : elements(UserTask.class)) {
            assertThat(timedOut(task)).as(task.getId()).isTrue();
        }
        for (TimerEventDefinition timer : elements(TimerEventDefinition.class)) {
            String when = Stream.of(timer.getTimeDuration(), timer.getTimeDate(), timer.getTimeCycle())
                    .filter(Objects::nonNull)
                    .map(ModelElementInstance::getTextContent)
                    .collect(Collectors.joining());
            assertThat(when)
                    .as(timer.getId())
                    .matches("(R/)?P(T?\\d+[DHMS])+|\\$\\{(codeExpiresAt|coolingOffEndsAt|recheckCycle|deadlineAt"
                            + "|deregistrationDeadline.firstWarning|secondWarningAt)}");
        }
    }

    @Test
    @DisplayName("a timer's name says its duration")
    void aTimersNameSaysItsDuration() {
        Map<String, String> units = Map.of("M", " 分钟", "H", " 小时", "D", " 天");
        for (TimerEventDefinition timer : elements(TimerEventDefinition.class)) {
            if (timer.getTimeDuration() != null) {
                String duration = timer.getTimeDuration().getTextContent().replaceAll("PT?", "");
                String spoken = duration.substring(0, duration.length() - 1)
                        + units.get(duration.substring(duration.length() - 1));
                assertThat(((FlowElement) timer.getParentElement()).getName())
                        .as(timer.getId())
                        .startsWith(duration.equals("0S") ? "立即" : spoken);
            }
        }
    }

    @Test
    @DisplayName("what a called process ends in is caught where it is called")
    void whatACalledProcessEndsInIsCaught() {
        for (CallActivity call : elements(CallActivity.class)) {
            assertThat(call.getAttributeValueNs(CAMUNDA, "calledElementBinding"))
                    .isEqualTo("deployment");
            Set<String> ends = Models.process(call.getCalledElement()).getChildElementsByType(EndEvent.class).stream()
                    .flatMap(end -> end.getEventDefinitions().stream())
                    .filter(ErrorEventDefinition.class::isInstance)
                    .map(definition ->
                            ((ErrorEventDefinition) definition).getError().getErrorCode())
                    .collect(Collectors.toSet());
            List<String> caught = Stream.of(call, call.getParentElement())
                    .filter(FlowNode.class::isInstance)
                    .flatMap(node -> boundaryEvents((FlowNode) node, ErrorEventDefinition.class::isInstance).stream())
                    .map(boundary -> (ErrorEventDefinition)
                            boundary.getEventDefinitions().iterator().next())
                    .map(definition -> definition.getError() == null
                            ? "*"
                            : definition.getError().getErrorCode())
                    .toList();
            assertThat(caught.contains("*") || caught.containsAll(ends))
                    .as(call.getId() + " catches " + caught + " of " + ends)
                    .isTrue();
        }
    }

    @Test
    @DisplayName("every error that Java throws is in a model, and every caught one is thrown")
    void everyErrorIsThrownAndCaught() throws ReflectiveOperationException {
        Set<String> constants = new TreeSet<>();
        for (String owner : List.of(
                "contest.RequestOpening",
                "deregistration.DeregistrationProcess",
                "phoneunbinding.PhoneUnbindingProcess",
                "verification.VerificationProcess")) {
            for (Field field : Class.forName("org.accountsecurity." + owner).getDeclaredFields()) {
                if (field.getName().startsWith("ERROR_")) {
                    field.setAccessible(true);
                    constants.add((String) field.get(null));
                }
            }
        }
        Set<String> ended = new TreeSet<>(constants);
        elements(EndEvent.class).stream()
                .flatMap(end -> end.getEventDefinitions().stream())
                .filter(ErrorEventDefinition.class::isInstance)
                .forEach(definition ->
                        ended.add(((ErrorEventDefinition) definition).getError().getErrorCode()));
        Set<String> caught = elements(BoundaryEvent.class).stream()
                .flatMap(boundary -> boundary.getEventDefinitions().stream())
                .filter(ErrorEventDefinition.class::isInstance)
                .map(definition -> ((ErrorEventDefinition) definition).getError())
                .filter(Objects::nonNull)
                .map(Error::getErrorCode)
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(caught).containsAll(constants);
        assertThat(ended).containsAll(caught);
    }

    @Test
    @DisplayName("what a task tells while it waits is a value that the application makes")
    void newsIsAFormValue() {
        Set<String> made = context.getBeansOfType(FormValues.class).values().stream()
                .flatMap(values -> values.names().stream())
                .collect(Collectors.toSet());
        Set<String> news = elements(UserTask.class).stream()
                .map(task -> property(task, "news"))
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());

        assertThat(news).isNotEmpty().isSubsetOf(made);
    }

    @Test
    @DisplayName(
            "whoever waits or is refused is told where and why: steps are numbered, and each outcome says what it means")
    void whoeverWaitsIsToldWhere() {
        for (Process process : elements(Process.class)) {
            if (!process.isCamundaStartableInTasklist()) {
                continue;
            }
            Set<Integer> numbers = new TreeSet<>();
            for (Activity activity : activities(process)) {
                String step = property(activity, "step");
                if (activity instanceof UserTask || activity instanceof CallActivity) {
                    assertThat(step != null || property((Activity) activity.getParentElement(), "step") != null)
                            .as(activity.getId() + " is a step or part of one")
                            .isTrue();
                }
                if (step != null) {
                    numbers.add(Integer.valueOf(step));
                }
            }
            assertThat(numbers)
                    .containsExactlyElementsOf(
                            IntStream.rangeClosed(1, numbers.size()).boxed().toList());
            for (EndEvent end : process.getChildElementsByType(EndEvent.class)) {
                assertThat(end.getDocumentations())
                        .as(end.getId())
                        .singleElement()
                        .satisfies(
                                meaning -> assertThat(meaning.getTextContent()).matches(CHINESE));
            }
        }
    }

    /** In the process and in its sub-processes, but for those that an event starts beside the way. */
    private static List<Activity> activities(ModelElementInstance scope) {
        return scope.getChildElementsByType(Activity.class).stream()
                .filter(activity -> !(activity instanceof SubProcess inner && inner.triggeredByEvent()))
                .flatMap(activity -> Stream.concat(Stream.of(activity), activities(activity).stream()))
                .toList();
    }

    private static String property(Activity activity, String name) {
        return activity.getExtensionElements() == null
                ? null
                : activity.getExtensionElements().getChildElementsByType(CamundaProperties.class).stream()
                        .flatMap(properties -> properties.getCamundaProperties().stream())
                        .filter(property -> name.equals(property.getCamundaName()))
                        .map(CamundaProperty::getCamundaValue)
                        .findFirst()
                        .orElse(null);
    }

    @Test
    @DisplayName("a holder starts two processes; the others are only called")
    void aHolderStartsTwoProcesses() {
        assertThat(elements(Process.class).stream().filter(Process::isCamundaStartableInTasklist))
                .extracting(Process::getId)
                .containsExactlyInAnyOrder("account-deregistration", "phone-unbinding");
        assertThat(elements(Process.class)).allSatisfy(process -> {
            assertThat(process.isExecutable()).isTrue();
            assertThat(process.getCamundaHistoryTimeToLiveString()).isEqualTo("P190D");
        });
    }

    @Test
    @DisplayName("every outcome of what a holder starts ends all of it")
    void everyOutcomeEndsAllOfIt() {
        List<EndEvent> outcomes = elements(Process.class).stream()
                .filter(Process::isCamundaStartableInTasklist)
                .flatMap(process -> process.getChildElementsByType(EndEvent.class).stream())
                .toList();

        assertThat(outcomes)
                .hasSizeGreaterThan(10)
                .allSatisfy(end -> assertThat(end.getEventDefinitions())
                        .as(end.getId())
                        .singleElement()
                        .isInstanceOf(TerminateEventDefinition.class));
    }

    @Test
    @DisplayName("flows are written at both ends, as Modeler writes them")
    void flowsAreWrittenAtBothEnds() {
        for (SequenceFlow flow : elements(SequenceFlow.class)) {
            assertThat(flow.getSource().getOutgoing()).contains(flow);
            assertThat(flow.getTarget().getIncoming()).contains(flow);
        }
    }

    @Test
    @DisplayName("a form is for Tasklist's form-js, and labels what it asks for in Chinese")
    void aFormIsForTasklist() throws IOException {
        for (File file : files("forms", "form")) {
            Form form = form(file);
            assertThat(form.root().path("schemaVersion").asInt())
                    .as(file.getName())
                    .isLessThanOrEqualTo(16);
            assertThat(form.components())
                    .filteredOn(component -> component.hasNonNull("key"))
                    .allSatisfy(component ->
                            assertThat(component.path("label").asString()).matches(CHINESE));
        }
    }

    private boolean timedOut(FlowNode node) {
        return !boundaryEvents(node, TimerEventDefinition.class::isInstance).isEmpty()
                || (node.getParentElement() instanceof SubProcess surrounding && timedOut(surrounding));
    }

    private static List<BoundaryEvent> boundaryEvents(FlowNode node, Predicate<ModelElementInstance> definition) {
        Collection<BoundaryEvent> all = node.getModelInstance().getModelElementsByType(BoundaryEvent.class);
        return all.stream()
                .filter(boundary -> boundary.getAttachedTo().getId().equals(node.getId()))
                .filter(boundary -> boundary.getEventDefinitions().stream().anyMatch(definition))
                .toList();
    }

    private Set<String> names(Class<?> type) {
        return Set.of(context.getBeanNamesForType(type)).stream()
                .filter(name -> context.getType(name).getName().startsWith("org.accountsecurity"))
                .filter(name -> !context.getType(name).isAnnotationPresent(Deprecated.class))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Form formOf(UserTask task) throws IOException {
        return form(new File("forms", task.getCamundaFormRef() + ".form"));
    }

    private static Form form(File file) throws IOException {
        return Form.of(file.getName(), Files.readAllBytes(file.toPath()));
    }

    private static List<String> choices(Form form) {
        return form.components().stream()
                .filter(component -> "choice".equals(component.path("key").asString("")))
                .flatMap(component -> component.findValuesAsString("value").stream())
                .toList();
    }

    private static String bean(String expression) {
        var matcher = BEAN.matcher(expression);
        assertThat(matcher.matches()).as(expression).isTrue();
        return matcher.group(1);
    }

    private static String upper(String type) {
        return Character.toUpperCase(type.charAt(0)) + type.substring(1);
    }
}
