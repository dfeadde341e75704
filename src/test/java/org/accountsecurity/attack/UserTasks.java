package org.accountsecurity.attack;

import java.io.File;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.accountsecurity.testing.FreshDemoShop;
import org.accountsecurity.testing.Journey;
import org.accountsecurity.testing.TestClock;
import org.accountsecurity.testing.Visitor;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.repository.ProcessDefinition;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.task.Task;
import org.camunda.bpm.model.bpmn.instance.StartEvent;
import org.camunda.bpm.model.bpmn.instance.UserTask;
import org.camunda.spin.json.SpinJsonNode;
import org.springframework.context.ApplicationContext;

/** Every deployed user task, by process key and element id: how a holder gets there, and what its form sends. */
final class UserTasks {

    private static final String DEREGISTRATION = "account-deregistration";
    private static final String PHONE_UNBINDING = "phone-unbinding";

    private final ApplicationContext context;
    private final int port;
    private final Journey journey;
    private final RepositoryService repository;
    private final Map<String, Way> ways = new TreeMap<>();

    UserTasks(ApplicationContext context, int port) {
        this.context = context;
        this.port = port;
        this.journey = context.getBean(Journey.class);
        this.repository = context.getBean(RepositoryService.class);
        way("account-deregistration#UserTask_ReadNotice", "10001", holder -> start(DEREGISTRATION, "10001"));
        way("account-deregistration#UserTask_ConfirmDeregistration", "10001", holder -> verified());
        way("account-deregistration#UserTask_AcknowledgeResult", "10001", holder -> {
            ProcessInstance request = verified();
            journey.submit(request, "UserTask_ConfirmDeregistration", "choice", "CONFIRM");
            return request;
        });
        way("account-deregistration#UserTask_CoolOff", "10001", holder -> {
            journey.deployed("deregistration-policy", "\"PT0S\"", "\"P3D\"");
            ProcessInstance request = verified();
            journey.submit(request, "UserTask_ConfirmDeregistration", "choice", "CONFIRM");
            return request;
        });
        ways.put(
                "data-erasure#UserTask_ViewProgress",
                new Way(
                        "10001",
                        holder -> {
                            ProcessInstance request = verified();
                            journey.submit(request, "UserTask_ConfirmDeregistration", "choice", "CONFIRM");
                            journey.execute(journey.job(request, "StartEvent_ProgressDue"));
                            return request;
                        },
                        false));
        way("deregistration-preparation#UserTask_ResolveOpenItems", "10003", holder -> start(DEREGISTRATION, "10003"));
        way("verification-code#UserTask_EnterCode", "10001", holder -> consented());
        way("verification-code#UserTask_RenewCode", "10001", holder -> {
            ProcessInstance request = consented();
            context.getBean(TestClock.class).forward(Duration.ofMinutes(5));
            journey.execute(journey.job(request, "BoundaryEvent_CodeExpired"));
            return request;
        });
        way("verification-code#UserTask_ReadNotVerified", "10001", holder -> {
            ProcessInstance request = consented();
            journey.deliverCodes();
            String wrong = Journey.wrong(journey.code("13800138001"));
            while (!journey.waitsAt(request, "UserTask_ReadNotVerified")) {
                journey.submit(request, "UserTask_EnterCode", "choice", "SUBMIT", "code", wrong);
            }
            return request;
        });
        way("verification-code#UserTask_ReadLimit", "10001", holder -> {
            ProcessInstance request = consented();
            while (!journey.waitsAt(request, "UserTask_ReadLimit")) {
                journey.submit(request, "UserTask_EnterCode", "choice", "GIVE_UP");
                request = consented();
            }
            return request;
        });
        way("phone-unbinding#UserTask_ReadUnbindingNotice", "10004", holder -> start(PHONE_UNBINDING, "10004"));
        way("phone-unbinding#UserTask_EnterNewPhone", "10004", holder -> namingANumber());
        way("phone-unbinding#UserTask_ConfirmUnbinding", "10004", holder -> confirmingANumber());
        way("phone-unbinding#UserTask_AcknowledgeUnbinding", "10004", holder -> {
            ProcessInstance request = confirmingANumber();
            // in the holder's own session, which goes on where all others end
            Task confirmation = journey.task(request, "UserTask_ConfirmUnbinding");
            holder.submit(confirmation.getId(), Map.of("choice", "CONFIRM"));
            return request;
        });
    }

    /** A request that waits at a user task, and the session of its holder. */
    record Waiting(Visitor holder, ProcessInstance request) {}

    /**
     * How to get there.
     *
     * @param waits whether what waits for no time is done by then
     */
    private record Way(String number, Function<Visitor, ProcessInstance> walk, boolean waits) {}

    /** Those of the engine that are a holder's. */
    Set<String> deployed() {
        Set<String> deployed = new TreeSet<>();
        for (ProcessDefinition process : processes()) {
            repository.getBpmnModelInstance(process.getId()).getModelElementsByType(UserTask.class).stream()
                    .filter(task -> task.getCamundaAssignee() != null)
                    .forEach(task -> deployed.add(process.getKey() + "#" + task.getId()));
        }
        return deployed;
    }

    /** Those that a way is known to. */
    Set<String> reachable() {
        return ways.keySet();
    }

    /** The form of each of them, and of each start event that has one. */
    Map<String, String> forms() {
        Map<String, String> forms = new TreeMap<>();
        for (ProcessDefinition process : processes()) {
            repository.getBpmnModelInstance(process.getId()).getModelElementsByType(UserTask.class).stream()
                    .filter(task -> task.getCamundaAssignee() != null)
                    .forEach(task -> forms.put(process.getKey() + "#" + task.getId(), task.getCamundaFormRef()));
            repository.getBpmnModelInstance(process.getId()).getModelElementsByType(StartEvent.class).stream()
                    .filter(start -> start.getCamundaFormRef() != null)
                    .forEach(start -> forms.put(process.getKey(), start.getCamundaFormRef()));
        }
        return forms;
    }

    /** Of the files there are; two are for staff alone. */
    static List<String> formsOfHolders() {
        return Arrays.stream(new File("forms").list())
                .map(file -> file.replace(".form", ""))
                .filter(form ->
                        !List.of("handle-stuck-erasure", "handle-contest").contains(form))
                .toList();
    }

    /** Walks to a user task through a shop that is as new. */
    Waiting reach(String userTask) {
        return reach(userTask, new Visitor(port));
    }

    /** The same in a session that goes on, if it still lives. */
    Waiting reach(String userTask, Visitor holder) {
        Way way = ways.get(userTask);
        if (way == null) {
            throw new AssertionError("no way is known to " + userTask);
        }
        journey.undeploy();
        FreshDemoShop.reset(context);
        if (!holder.loggedIn()) {
            holder.login("138001380" + way.number().substring(3), "Demo-" + way.number());
        }
        ProcessInstance request = way.walk().apply(holder);
        if (way.waits()) {
            journey.runWaiting(request);
        }
        String reached = name(journey.anyTask(request).orElseThrow());
        if (!reached.equals(userTask)) {
            throw new AssertionError("the way to " + userTask + " leads to " + reached);
        }
        return new Waiting(holder, request);
    }

    String name(Task task) {
        return repository.getProcessDefinition(task.getProcessDefinitionId()).getKey() + "#"
                + task.getTaskDefinitionKey();
    }

    /** What the form of the waiting task sends when all its fields are filled in, as JSON has it. */
    Map<String, Object> plausible(ProcessInstance request) {
        String userTask = journey.anyTask(request).orElseThrow().getTaskDefinitionKey();
        return switch (userTask) {
            case "UserTask_ReadNotice" -> values("choice", "CONTINUE", "consent", true, "channel", "SMS");
            case "UserTask_ReadUnbindingNotice" -> values("choice", "CONTINUE", "channel", "SMS");
            case "UserTask_EnterCode" -> values("choice", "SUBMIT", "code", "123456");
            case "UserTask_EnterNewPhone" -> values("choice", "CONTINUE", "newPhone", "13900139003");
            case "UserTask_RenewCode" -> values("choice", "RESEND");
            case "UserTask_ConfirmDeregistration", "UserTask_ConfirmUnbinding" -> values("choice", "CONFIRM");
            case "UserTask_ResolveOpenItems" -> {
                SpinJsonNode settleable = (SpinJsonNode) journey.shown(request, userTask, "settleable");
                Map<String, Object> values = values("choice", "SETTLE");
                String first = settleable.elements().get(0).prop("value").stringValue();
                values.put("settle", Map.of("value", "[\"" + first + "\"]", "type", "Json"));
                yield values;
            }
            default -> values();
        };
    }

    private static Map<String, Object> values(Object... keysAndValues) {
        Map<String, Object> values = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            values.put((String) keysAndValues[i], Map.of("value", keysAndValues[i + 1]));
        }
        return values;
    }

    private List<ProcessDefinition> processes() {
        return repository.createProcessDefinitionQuery().latestVersion().list();
    }

    private void way(String userTask, String number, Function<Visitor, ProcessInstance> walk) {
        ways.put(userTask, new Way(number, walk, true));
    }

    private ProcessInstance start(String processKey, String number) {
        return journey.start(processKey, "acct-" + number);
    }

    private ProcessInstance consented() {
        ProcessInstance request = start(DEREGISTRATION, "10001");
        journey.submit(request, "UserTask_ReadNotice", "choice", "CONTINUE", "consent", true, "channel", "SMS");
        return request;
    }

    private ProcessInstance verified() {
        ProcessInstance request = consented();
        journey.verify(request, "13800138001");
        return request;
    }

    private ProcessInstance namingANumber() {
        ProcessInstance request = start(PHONE_UNBINDING, "10004");
        journey.submit(request, "UserTask_ReadUnbindingNotice", "choice", "CONTINUE", "channel", "SMS");
        journey.verify(request, "13800138004");
        return request;
    }

    private ProcessInstance confirmingANumber() {
        ProcessInstance request = namingANumber();
        journey.submit(request, "UserTask_EnterNewPhone", "choice", "CONTINUE", "newPhone", "13900139004");
        journey.verify(request, "13900139004");
        return request;
    }
}
