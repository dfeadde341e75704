package org.accountsecurity.benchmark;

import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.accountsecurity.benchmark.FloorTables.Row;
import org.accountsecurity.benchmark.FloorTables.Timer;
import org.accountsecurity.deregistration.erasure.ErasurePlan;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.ProcessEngineConfiguration;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.springframework.context.ApplicationContext;

/**
 * The work as a state machine written by hand would do it: a row a request, a row a job or timer, an audit row an
 * interaction, the same delegates, and a transaction wherever the diagrams have one.
 */
final class FloorMachine {

    private final ApplicationContext context;
    private final FloorTables tables;
    private final IdentityService identity;
    private final ErasurePlan plan;
    private final Map<Work, String> definitions;
    private final BpmnModelInstance preparation;

    FloorMachine(ApplicationContext context, FloorTables tables) {
        this.context = context;
        this.tables = tables;
        this.identity = context.getBean(IdentityService.class);
        context.getBean(ProcessEngineConfiguration.class).setAuthorizationEnabled(false);
        this.plan = context.getBean(ErasurePlan.class);
        RepositoryService repository = context.getBean(RepositoryService.class);
        this.definitions = Map.of(
                Work.DEREGISTRATION, definition(repository, Work.DEREGISTRATION.process()),
                Work.PHONE_CHANGE, definition(repository, Work.PHONE_CHANGE.process()));
        this.preparation = repository.getBpmnModelInstance(definition(repository, "deregistration-preparation"));
    }

    private static String definition(RepositoryService repository, String process) {
        return repository
                .createProcessDefinitionQuery()
                .processDefinitionKey(process)
                .latestVersion()
                .singleResult()
                .getId();
    }

    /** Starts, and says under which id. */
    String start(Work work, Holder holder) {
        String id = UUID.randomUUID().toString();
        FloorExecution execution = new FloorExecution(id, null, definitions.get(work), preparation);
        String state;
        if (work == Work.DEREGISTRATION) {
            open("openRequestDelegate", execution, holder);
            for (String dataSet : List.of("orders", "wallet", "subscriptions", "linked-logins")) {
                call("checkOpenItemsDelegate", execution.with("dataSet", dataSet));
            }
            call("decideEligibilityDelegate", execution);
            call("composeNoticeDelegate", execution);
            call("prepareExportDelegate", execution);
            tables.timer(id, "firstWarning", null, Duration.ofDays(14));
            tables.timer(id, "lapsed", null, Duration.ofDays(3));
            tables.timer(id, "StartEvent_TellingRequested", null, Duration.ZERO);
            state = "UserTask_ReadNotice";
        } else {
            open("openPhoneChangeDelegate", execution, holder);
            tables.timer(id, "lapsed", null, Duration.ofDays(1));
            state = "UserTask_ReadUnbindingNotice";
        }
        tables.open(id, work, holder.account(), execution.request(), state);
        tables.audit(id, "start", holder.account());
        return id;
    }

    /** Takes the answer to the form that waits. */
    void submit(String id, Holder holder, Map<String, Object> answer) {
        Row row = tables.lock(id);
        if (!row.accountId().equals(holder.account())) {
            throw new IllegalStateException("not the holder's");
        }
        FloorExecution execution = execution(row);
        answer.forEach(execution::with);
        switch (row.state()) {
            case "UserTask_ReadNotice" -> {
                tables.cancel(id, "lapsed");
                issueCode(row, execution, "DEREGISTRATION");
            }
            case "UserTask_ReadUnbindingNotice" -> {
                tables.cancel(id, "lapsed");
                tables.timer(id, "lapsed", null, Duration.ofDays(1));
                issueCode(row, execution, "PHONE_UNBINDING");
            }
            case "UserTask_EnterNewPhone" -> {
                call("checkNewPhoneDelegate", execution);
                issueCode(row, execution, "NEW_PHONE");
            }
            case "UserTask_EnterCode" -> checkCode(row, execution);
            case "UserTask_ConfirmDeregistration" -> {
                tables.cancel(id, "lapsed");
                call("beginCoolingOffDelegate", execution);
                call("closeAccountDelegate", execution);
                for (String dataSet : plan.dataSets(row.requestId())) {
                    tables.timer(id, "ServiceTask_Erase", dataSet, Duration.ZERO);
                    tables.timer(id, "stuck", dataSet, Duration.ofHours(2));
                }
                tables.timer(id, "StartEvent_TellingClosing", null, Duration.ZERO);
                tables.timer(id, "progress", null, Duration.ofMinutes(1));
                tables.state(id, FloorTables.WAITING);
            }
            case "UserTask_ConfirmUnbinding" -> {
                tables.cancel(id, "lapsed");
                call("rebindPhoneDelegate", execution);
                tables.timer(id, "ServiceTask_NotifyBothNumbers", null, Duration.ZERO);
                tables.state(id, FloorTables.WAITING);
            }
            case "UserTask_AcknowledgeResult" -> {
                call("revokeLoginDelegate", execution);
                end(row, "deregistrationEndedListener", execution);
            }
            case "UserTask_AcknowledgeUnbinding" -> end(row, "phoneChangeEndedListener", execution);
            default -> throw new IllegalStateException(row.state());
        }
        tables.audit(id, row.state(), holder.account());
    }

    private void issueCode(Row row, FloorExecution execution, String purpose) {
        String verification = UUID.randomUUID().toString();
        call("issueCodeDelegate", execution.in(verification).with("purpose", purpose));
        Timestamp expires = new Timestamp(((Date) execution.get("codeExpiresAt")).getTime());
        tables.awaitCode(row.id(), verification, purpose, expires);
        tables.timer(row.id(), "codeExpired", null, Duration.between(Instant.now(), expires.toInstant()));
    }

    private void checkCode(Row row, FloorExecution execution) {
        call("checkCodeDelegate", execution.in(row.verificationId()).with("purpose", row.purpose()));
        if (!"ACCEPTED".equals(execution.get("codeResult"))) {
            throw new IllegalStateException("the code was not accepted");
        }
        tables.cancel(row.id(), "codeExpired");
        switch (row.purpose()) {
            case "DEREGISTRATION" -> {
                tables.timer(row.id(), "lapsed", null, Duration.ofDays(1));
                tables.state(row.id(), "UserTask_ConfirmDeregistration");
            }
            case "PHONE_UNBINDING" -> tables.state(row.id(), "UserTask_EnterNewPhone");
            default -> tables.state(row.id(), "UserTask_ConfirmUnbinding");
        }
    }

    private void end(Row row, String listener, FloorExecution execution) {
        try {
            ((ExecutionListener) context.getBean(listener)).notify(execution.asDelegatesSeeIt());
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        tables.end(row.id());
    }

    /** Does a job that is due. */
    void job(String id, Timer timer) {
        Row row = tables.lock(id);
        FloorExecution execution = execution(row).with("dataSet", timer.dataSet());
        tables.done(timer);
        switch (timer.step()) {
            case "StartEvent_TellingRequested" -> tables.timer(id, "SendTask_TellRequested", null, Duration.ZERO);
            case "StartEvent_TellingClosing" -> tables.timer(id, "SendTask_TellClosing", null, Duration.ZERO);
            case "SendTask_TellRequested" -> call("notifyRequestedDelegate", execution);
            case "SendTask_TellClosing" -> call("notifyClosingDelegate", execution);
            case "ServiceTask_Erase" -> {
                call("eraseDataSetDelegate", execution);
                boolean complete = Boolean.TRUE.equals(execution.get("complete"));
                tables.timer(
                        id,
                        complete ? "ServiceTask_VerifyAbsence" : "ServiceTask_Erase",
                        timer.dataSet(),
                        Duration.ZERO);
            }
            case "ServiceTask_VerifyAbsence" -> {
                call("verifyAbsenceDelegate", execution);
                if (tables.cancelled(id, "stuck", timer.dataSet()) == 0) {
                    tables.timer(id, "ServiceTask_IssueReceipt", null, Duration.ZERO);
                }
            }
            case "ServiceTask_IssueReceipt" -> {
                call("issueReceiptDelegate", execution);
                tables.timer(id, "ServiceTask_NotifyHolder", null, Duration.ZERO);
            }
            case "ServiceTask_NotifyHolder" -> acknowledge(id, "notifyHolderDelegate", execution, "Result");
            case "ServiceTask_NotifyBothNumbers" ->
                acknowledge(id, "notifyBothNumbersDelegate", execution, "Unbinding");
            default -> throw new IllegalStateException(timer.step());
        }
        tables.audit(id, timer.step(), "jobs");
    }

    private void acknowledge(String id, String delegate, FloorExecution execution, String what) {
        call(delegate, execution);
        tables.cancel(id, "progress");
        tables.timer(id, "seen", null, Duration.ofMinutes(10));
        tables.state(id, "UserTask_Acknowledge" + what);
    }

    private FloorExecution execution(Row row) {
        return new FloorExecution(row.id(), row.requestId(), definitions.get(row.work()), preparation);
    }

    /** The one step that asks who is logged in; what guards the engine has no business here. */
    private void open(String delegate, FloorExecution execution, Holder holder) {
        identity.setAuthentication(holder.account(), List.of());
        try {
            call(delegate, execution);
        } finally {
            identity.clearAuthentication();
        }
    }

    private void call(String delegate, FloorExecution execution) {
        try {
            ((JavaDelegate) context.getBean(delegate)).execute(execution.asDelegatesSeeIt());
        } catch (Exception e) {
            throw new IllegalStateException(delegate, e);
        }
    }
}
