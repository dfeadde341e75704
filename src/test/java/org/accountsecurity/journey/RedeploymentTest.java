package org.accountsecurity.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.accountsecurity.engine.history.Paths;
import org.accountsecurity.testing.Journey;
import org.accountsecurity.testing.JourneyTest;
import org.accountsecurity.testing.Modeler;
import org.camunda.bpm.engine.FormService;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.repository.ProcessDefinition;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.task.Task;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.IntermediateCatchEvent;
import org.camunda.bpm.model.bpmn.instance.UserTask;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Everything is deployed anew, with other forms, tables and names, while requests wait wherever a request can wait. */
class RedeploymentTest extends JourneyTest {

    private static final int REQUESTS = 50;
    private static final int STEPS = 60;
    private static final String DEREGISTRATION = "account-deregistration";
    private static final String PHONE_UNBINDING = "phone-unbinding";
    private static final String NEW = "（新）";
    /** Before all others, since those that a holder answers are the release's. */
    private static final String NEW_TEXT = "{\"type\": \"text\", \"text\": \"" + NEW + "\", \"id\": \"Field_new\"},";

    @Autowired
    FormService forms;

    @Autowired
    RepositoryService repository;

    private String coolingOff;
    private final Map<String, Function<String, ProcessInstance>> places = new LinkedHashMap<>();

    @BeforeEach
    void thePlacesWhereARequestWaits() {
        places.put("UserTask_ReadNotice", holder -> journey.start(DEREGISTRATION, holder));
        places.put("UserTask_ResolveOpenItems", this::withAnOpenOrder);
        places.put("UserTask_EnterCode", this::delivered);
        places.put("UserTask_RenewCode", holder -> expired(consented(holder)));
        places.put("UserTask_ReadNotVerified", this::notVerified);
        places.put("UserTask_ReadLimit", this::limited);
        places.put("UserTask_ConfirmDeregistration", holder -> journey.verified(holder, phone(holder)));
        places.put("ServiceTask_Erase", holder -> journey.confirmed(holder, phone(holder)));
        places.put(
                "ServiceTask_VerifyAbsence",
                holder -> after("ServiceTask_Erase", journey.confirmed(holder, phone(holder))));
        places.put("UserTask_HandleStuckErasure", this::stuck);
        places.put(
                "UserTask_ViewProgress",
                holder -> after("StartEvent_ProgressDue", journey.confirmed(holder, phone(holder))));
        places.put("ServiceTask_IssueReceipt", holder -> erased(journey.confirmed(holder, phone(holder))));
        places.put(
                "ServiceTask_NotifyHolder",
                holder -> after("ServiceTask_IssueReceipt", erased(journey.confirmed(holder, phone(holder)))));
        places.put("UserTask_AcknowledgeResult", this::gone);
        places.put("UserTask_ReadUnbindingNotice", holder -> journey.start(PHONE_UNBINDING, holder));
        places.put("UserTask_EnterNewPhone", this::namingANumber);
        places.put("UserTask_ConfirmUnbinding", this::confirmingANumber);
        places.put("ServiceTask_NotifyBothNumbers", this::changed);
        places.put("UserTask_AcknowledgeUnbinding", holder -> after("ServiceTask_NotifyBothNumbers", changed(holder)));
        places.put(
                "IntermediateCatchEvent_SecondWarningDue",
                holder -> after(
                        "SendTask_WarnStaff",
                        after("StartEvent_FirstWarningDue", journey.start(DEREGISTRATION, holder))));
        places.put("IntermediateCatchEvent_StillStuck", holder -> {
            ProcessInstance request = stuck(holder);
            journey.submitAs("support", journey.task(request, "UserTask_HandleStuckErasure"));
            return request;
        });
        places.put("UserTask_CoolOff", this::coolingOff);
        places.put(
                "UserTask_HandleContest",
                holder -> journey.contest(journey.start(DEREGISTRATION, holder), phone(holder)));
    }

    @Test
    @DisplayName("50 requests, waiting wherever a request can wait, all end on the version that they began with")
    void allEndOnTheVersionThatTheyBeganWith() {
        Map<String, ProcessInstance> requests = new LinkedHashMap<>();
        List<String> names = new ArrayList<>(places.keySet());
        for (int i = 0; i < REQUESTS; i++) {
            String place = names.get(i * names.size() / REQUESTS);
            String holder = account(i);
            ProcessInstance request = places.get(place).apply(holder);
            assertThat(journey.waitsAt(request, place)
                            || !journey.jobs(request, place).isEmpty())
                    .as("%s waits at %s", request, place)
                    .isTrue();
            requests.put(holder, request);
        }
        assertThat(names).containsAll(waits());

        journey.deployed(changed());

        String after = newest(DEREGISTRATION);
        assertThat(after).isNotEqualTo(coolingOff);
        requests.forEach((holder, request) -> {
            toTheEnd(holder, request);
            ProcessDefinition begun = repository.getProcessDefinition(request.getProcessDefinitionId());
            assertThat(Paths.versions(jdbc, request.getId()))
                    .containsExactly(begun.getKey() + ":" + begun.getVersion());
        });
        assertThat(journey.noJobFailed()).isTrue();
        assertThat(rows.number("select count(*) from holder_request where open_for is not null"))
                .isZero();
        assertThat(rows.texts("select distinct label from erasure where data_set = 'orders'"))
                .containsExactly("交易记录");

        ProcessInstance next = journey.start(DEREGISTRATION, account(REQUESTS));
        assertThat(next.getProcessDefinitionId()).isEqualTo(after);
        assertThat(journey.task(next, "UserTask_ReadNotice").getName()).endsWith(NEW);
        assertThat(form(journey.task(next, "UserTask_ReadNotice"))).contains(NEW);
        assertThat(journey.shown(next, "UserTask_ReadNotice", "notice").toString())
                .contains("全部交易");
    }

    /** Does whatever is next, and looks at each form on the way. */
    private void toTheEnd(String holder, ProcessInstance request) {
        for (int i = 0; journey.running(request); i++) {
            assertThat(i).as("steps of %s", request).isLessThan(STEPS);
            journey.runWaiting(request);
            journey.deliverCodes();
            List<Task> waiting = journey.tasks(request);
            for (Task task : waiting) {
                assertThat(task.getName()).doesNotContain(NEW);
                assertThat(form(task)).doesNotContain(NEW);
            }
            if (!waiting.isEmpty()) {
                answer(holder, request, waiting.get(0));
            }
        }
    }

    private void answer(String holder, ProcessInstance request, Task task) {
        switch (task.getTaskDefinitionKey()) {
            case "UserTask_ReadNotice" -> {
                assertThat(journey.shown(request, "UserTask_ReadNotice", "notice")
                                .toString())
                        .doesNotContain("全部交易");
                journey.submit(task, "choice", "CONTINUE", "consent", true, "channel", "SMS");
            }
            case "UserTask_ReadUnbindingNotice" -> journey.submit(task, "choice", "CONTINUE", "channel", "SMS");
            case "UserTask_ResolveOpenItems" -> {
                assertThat(journey.shown(request, "UserTask_ResolveOpenItems", "openItems")
                                .toString())
                        .contains("请在“我的订单”中付款或取消订单");
                rows.update("update shop_order set status = 'CANCELLED' where account_id = ?", holder);
                journey.submit(task, "choice", "CHECK_AGAIN");
            }
            case "UserTask_EnterCode" -> enterCode(holder, request, task);
            case "UserTask_RenewCode" -> {
                clock.forward(Duration.ofMinutes(2));
                journey.submit(task, "choice", "RESEND");
            }
            case "UserTask_ConfirmDeregistration", "UserTask_ConfirmUnbinding" ->
                journey.submit(task, "choice", "CONFIRM");
            case "UserTask_EnterNewPhone" -> journey.submit(task, "choice", "CONTINUE", "newPhone", candidate(holder));
            case "UserTask_CoolOff" -> {
                assertThat(request.getProcessDefinitionId()).isEqualTo(coolingOff);
                clock.forward(Duration.ofDays(2));
                journey.execute(journey.job(request, "BoundaryEvent_CoolingOffOver"));
            }
            case "UserTask_HandleStuckErasure" -> journey.submitAs("support", task);
            case "UserTask_HandleContest" -> journey.submitAs("support", task, "choice", "OWN");
            default -> journey.submit(task);
        }
    }

    private void enterCode(String holder, ProcessInstance request, Task task) {
        List<Job> expiry = journey.jobs(request, "BoundaryEvent_CodeExpired");
        if (!expiry.get(0).getDuedate().toInstant().isAfter(clock.instant())) {
            journey.execute(expiry.get(0));
            return;
        }
        assertThat(journey.shown(request, "UserTask_EnterCode", "triesLeft")).isEqualTo(5);
        String target =
                rows.text("select recipient from inbox_message where text like '%验证码 %' order by id desc limit 1");
        assertThat(target).isIn(phone(holder), candidate(holder));
        journey.submit(task, "choice", "SUBMIT", "code", journey.code(target));
    }

    /** The tasks of holders and of staff, and the times that a process waits for. */
    private Set<String> waits() {
        return repository.createProcessDefinitionQuery().latestVersion().list().stream()
                .flatMap(process ->
                        repository
                                .getBpmnModelInstance(process.getId())
                                .getModelElementsByType(FlowNode.class)
                                .stream())
                .filter(node -> node instanceof UserTask || node instanceof IntermediateCatchEvent)
                .map(FlowNode::getId)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Every name of a task, a text of every form and a row of every table reads otherwise. */
    private static Map<String, String> changed() {
        Map<String, String> files = Modeler.everythingWith("account-deregistration.bpmn");
        files.replaceAll((name, text) -> name.endsWith(".bpmn")
                ? text.replaceAll("(<bpmn:userTask id=\"\\w+\" name=\"[^\"]*)\"", "$1" + NEW + "\"")
                : name.endsWith(".form") ? text.replaceFirst("\"components\": \\[", "$0" + NEW_TEXT) : text);
        edit(files, "verification-policy.dmn", "<text>5</text>", "<text>4</text>");
        edit(files, "data-retention.dmn", "\"交易记录\"", "\"全部交易\"");
        edit(files, "deregistration-policy.dmn", "\"PT0S\"", "\"P3D\"");
        edit(files, "deregistration-eligibility.dmn", "请在“我的订单”中付款或取消订单", "请付款");
        return files;
    }

    private static void edit(Map<String, String> files, String file, String text, String otherwise) {
        assertThat(files.get(file)).contains(text);
        files.computeIfPresent(file, (name, content) -> content.replace(text, otherwise));
    }

    private String newest(String process) {
        return repository
                .createProcessDefinitionQuery()
                .processDefinitionKey(process)
                .latestVersion()
                .singleResult()
                .getId();
    }

    private String form(Task task) {
        try (InputStream form = forms.getDeployedTaskForm(task.getId())) {
            return new String(form.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String account(int number) {
        String holder = "acct-" + (20_000 + number);
        rows.update(
                "insert into account (id, status, version, phone, password_hash, nickname)"
                        + " values (?, 'ACTIVE', 1, ?, 'none', '某人')",
                holder,
                phone(holder));
        rows.update(
                "insert into shop_order (id, account_id, title, amount_fen, status, placed_at, completed_at)"
                        + " values (?, ?, '雨伞', 3990, 'COMPLETED', current_timestamp, current_timestamp)",
                "order-" + holder,
                holder);
        return holder;
    }

    private static String phone(String holder) {
        return "1380020" + holder.substring(holder.length() - 4);
    }

    private static String candidate(String holder) {
        return "1390020" + holder.substring(holder.length() - 4);
    }

    private ProcessInstance withAnOpenOrder(String holder) {
        rows.update("update shop_order set status = 'UNPAID' where account_id = ?", holder);
        return journey.start(DEREGISTRATION, holder);
    }

    private ProcessInstance consented(String holder) {
        ProcessInstance request = journey.start(DEREGISTRATION, holder);
        journey.submit(request, "UserTask_ReadNotice", "choice", "CONTINUE", "consent", true, "channel", "SMS");
        return request;
    }

    private ProcessInstance delivered(String holder) {
        ProcessInstance request = consented(holder);
        journey.deliverCodes();
        return request;
    }

    private ProcessInstance expired(ProcessInstance request) {
        clock.forward(Duration.ofMinutes(5));
        return after("BoundaryEvent_CodeExpired", request);
    }

    private ProcessInstance notVerified(String holder) {
        ProcessInstance request = delivered(holder);
        String wrong = Journey.wrong(journey.code(phone(holder)));
        while (!journey.waitsAt(request, "UserTask_ReadNotVerified")) {
            journey.submit(request, "UserTask_EnterCode", "choice", "SUBMIT", "code", wrong);
        }
        return request;
    }

    private ProcessInstance limited(String holder) {
        ProcessInstance request = consented(holder);
        while (!journey.waitsAt(request, "UserTask_ReadLimit")) {
            journey.submit(request, "UserTask_EnterCode", "choice", "GIVE_UP");
            request = consented(holder);
        }
        return request;
    }

    private ProcessInstance coolingOff(String holder) {
        if (coolingOff == null) {
            journey.deployed("deregistration-policy", "\"PT0S\"", "\"P2D\"");
            coolingOff = newest(DEREGISTRATION);
        }
        ProcessInstance request = journey.verified(holder, phone(holder));
        journey.submit(request, "UserTask_ConfirmDeregistration", "choice", "CONFIRM");
        return request;
    }

    private ProcessInstance erased(ProcessInstance request) {
        return after("ServiceTask_VerifyAbsence", after("ServiceTask_Erase", request));
    }

    private ProcessInstance stuck(String holder) {
        rows.update("insert into favourite (id, account_id, title) values (?, ?, '雨伞')", "favourite-" + holder, holder);
        ProcessInstance request = journey.confirmed(holder, phone(holder));
        journey.whileFavouritesStay(holder, () -> {
            journey.jobs(request, "ServiceTask_Erase").forEach(journey::succeeds);
            journey.execute(journey.jobs(request, "StartEvent_DataSetStuck").get(0));
        });
        return request;
    }

    private ProcessInstance gone(String holder) {
        ProcessInstance request = journey.confirmed(holder, phone(holder));
        journey.erase(request);
        return request;
    }

    private ProcessInstance namingANumber(String holder) {
        ProcessInstance request = journey.start(PHONE_UNBINDING, holder);
        journey.submit(request, "UserTask_ReadUnbindingNotice", "choice", "CONTINUE", "channel", "SMS");
        journey.verify(request, phone(holder));
        return request;
    }

    private ProcessInstance confirmingANumber(String holder) {
        ProcessInstance request = namingANumber(holder);
        journey.submit(request, "UserTask_EnterNewPhone", "choice", "CONTINUE", "newPhone", candidate(holder));
        journey.verify(request, candidate(holder));
        return request;
    }

    private ProcessInstance changed(String holder) {
        ProcessInstance request = confirmingANumber(holder);
        journey.submit(request, "UserTask_ConfirmUnbinding", "choice", "CONFIRM");
        return request;
    }

    private ProcessInstance after(String job, ProcessInstance request) {
        journey.jobs(request, job).forEach(journey::execute);
        return request;
    }
}
