package org.accountsecurity.engine.gate;

import static org.accountsecurity.testing.PathAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Method;
import java.time.Duration;
import java.util.Arrays;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.accountsecurity.testing.JourneyTest;
import org.accountsecurity.testing.Visitor;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.impl.cfg.CommandChecker;
import org.camunda.bpm.engine.repository.ProcessDefinition;
import org.camunda.bpm.engine.rest.exception.InvalidRequestException;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Past its point of no return nobody takes a request off its way, with whatever the engine has for it. */
@ExtendWith(OutputCaptureExtension.class)
class CommittedRequestRuleTest extends JourneyTest {

    private static final String HOLDER = "acct-10001";
    private static final String PHONE = "13800138001";
    private static final String ENGINE = "/camunda/api/engine/engine/default";

    /** Of what the engine asks about: reading, starting, tasks, which their assignees alone work on, and what is ours nowhere. */
    private static final Set<String> OF_NO_PROCESS_INSTANCE = Set.of(
            "checkEvaluateDecision",
            "checkCreateProcessInstance",
            "checkCreateCaseInstance",
            "checkCreateMigrationPlan",
            "checkCreateDeployment",
            "checkCreateTask",
            "checkTaskWork",
            "checkDeleteTask",
            "checkDeleteBatch",
            "checkDeleteHistoricBatch",
            "checkSuspendBatch",
            "checkActivateBatch",
            "checkUpdateDecisionDefinitionById",
            "checkUpdateCaseDefinition",
            "checkUpdateCaseInstance",
            "checkDeleteHistoricTaskInstance",
            "checkDeleteHistoricProcessInstance",
            "checkDeleteHistoricCaseInstance",
            "checkDeleteHistoricDecisionInstance",
            "checkDeleteHistoricVariableInstance",
            "checkDeleteHistoricVariableInstancesByProcessInstance",
            "checkDeleteUserOperationLog",
            "checkUpdateUserOperationLog",
            "checkSetProperty",
            "checkDeleteProperty",
            "checkDeleteLicenseKey",
            "checkSetLicenseKey",
            "checkRegisterProcessApplication",
            "checkUnregisterProcessApplication",
            "checkRegisterDeployment",
            "checkUnregisterDeployment",
            "checkDeleteMetrics",
            "checkDeleteTaskMetrics");

    @Autowired
    RuntimeService runtime;

    @Autowired
    TaskService tasks;

    @Autowired
    ManagementService management;

    @Autowired
    RepositoryService repository;

    private ProcessInstance request;
    private String erasing;
    private Job job;

    @BeforeEach
    void committed() {
        request = journey.confirmed(HOLDER, PHONE);
        erasing = journey.called(request, "data-erasure");
        job = journey.jobs(request, "ServiceTask_Erase").get(0);
    }

    @Test
    @DisplayName(
            "deleting, modifying, migrating, suspending, putting off and changing variables are refused with a sentence")
    void whatTakesARequestOffItsWay() {
        Date later = Date.from(clock.instant().plus(Duration.ofDays(30)));
        Map<String, Runnable> commands = new LinkedHashMap<>();
        for (String instance : List.of(request.getId(), erasing)) {
            ProcessDefinition definition = repository.getProcessDefinition(runtime.createProcessInstanceQuery()
                    .processInstanceId(instance)
                    .singleResult()
                    .getProcessDefinitionId());
            String id = definition.getId();
            String key = definition.getKey();
            commands.put(key + " delete", () -> runtime.deleteProcessInstance(instance, "x"));
            commands.put(key + " delete all", () -> runtime.deleteProcessInstances(List.of(instance), "x", true, true));
            commands.put(
                    key + " delete if exists",
                    () -> runtime.deleteProcessInstanceIfExists(instance, "x", true, true, true, false));
            commands.put(
                    key + " modify",
                    () -> runtime.createProcessInstanceModification(instance)
                            .cancelAllForActivity(
                                    key.equals("data-erasure") ? "ServiceTask_Erase" : "CallActivity_EraseData")
                            .execute());
            commands.put(
                    key + " modify all",
                    () -> runtime.createModification(id)
                            .processInstanceIds(instance)
                            .cancelAllForActivity(
                                    key.equals("data-erasure") ? "ServiceTask_Erase" : "CallActivity_EraseData")
                            .execute());
            commands.put(
                    key + " migrate",
                    () -> runtime.newMigration(runtime.createMigrationPlan(id, id)
                                    .mapEqualActivities()
                                    .build())
                            .processInstanceIds(instance)
                            .execute());
            commands.put(key + " suspend", () -> runtime.suspendProcessInstanceById(instance));
            commands.put(key + " suspend by definition", () -> runtime.suspendProcessInstanceByProcessDefinitionId(id));
            commands.put(key + " suspend by key", () -> runtime.suspendProcessInstanceByProcessDefinitionKey(key));
            commands.put(key + " suspend definition", () -> repository.suspendProcessDefinitionById(id));
            commands.put(key + " suspend definition by key", () -> repository.suspendProcessDefinitionByKey(key));
            commands.put(key + " suspend later", () -> repository.suspendProcessDefinitionById(id, true, later));
            commands.put(
                    key + " suspend job definitions", () -> management.suspendJobDefinitionByProcessDefinitionId(id));
            commands.put(
                    key + " suspend job definitions by key",
                    () -> management.suspendJobDefinitionByProcessDefinitionKey(key, true));
            commands.put(key + " suspend jobs", () -> management.suspendJobByProcessInstanceId(instance));
            commands.put(key + " suspend jobs by definition", () -> management.suspendJobByProcessDefinitionId(id));
            commands.put(key + " suspend jobs by key", () -> management.suspendJobByProcessDefinitionKey(key));
            commands.put(key + " set variable", () -> runtime.setVariable(instance, "subject", "acct-10004"));
            commands.put(key + " set local variable", () -> runtime.setVariableLocal(instance, "complete", true));
            commands.put(key + " remove variable", () -> runtime.removeVariable(instance, "subject"));
            commands.put(key + " delete definition", () -> repository.deleteProcessDefinition(id, true));
            commands.put(
                    key + " delete definitions",
                    () -> repository
                            .deleteProcessDefinitions()
                            .byIds(id)
                            .cascade()
                            .delete());
            commands.put(
                    key + " delete deployment", () -> repository.deleteDeployment(definition.getDeploymentId(), true));
            commands.put(
                    key + " delete deployment alone",
                    () -> repository.deleteDeployment(definition.getDeploymentId(), false));
            commands.put(key + " signal", () -> runtime.signal(instance));
        }
        commands.put("delete job", () -> management.deleteJob(job.getId()));
        commands.put("put job off", () -> management.setJobDuedate(job.getId(), later));
        commands.put("no date", () -> management.setJobDuedate(job.getId(), null));
        commands.put(
                "recalculate",
                () -> management.recalculateJobDuedate(
                        journey.job(request, "StartEvent_ProgressDue").getId(), true));
        commands.put("no retries", () -> management.setJobRetries(job.getId(), 0));
        commands.put("no retries of many", () -> management.setJobRetries(List.of(job.getId()), 0));
        commands.put(
                "no retries of a definition",
                () -> management.setJobRetriesByJobDefinitionId(job.getJobDefinitionId(), 0));
        commands.put(
                "retries much later",
                () -> management
                        .setJobRetries(1)
                        .jobId(job.getId())
                        .dueDate(later)
                        .execute());
        commands.put("no retries in a batch", () -> management.setJobRetriesAsync(List.of(job.getId()), 0));
        commands.put("suspend job", () -> management.suspendJobById(job.getId()));
        commands.put(
                "suspend job by its definition",
                () -> management.suspendJobByJobDefinitionId(job.getJobDefinitionId()));
        commands.put("suspend job definition", () -> management.suspendJobDefinitionById(job.getJobDefinitionId()));

        commands.forEach((name, command) -> assertThatThrownBy(command::run)
                .as(name)
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageMatching("(?s).*(past its point of no return|set for later).*"));
        journey.runWaiting(request);
        assertThat(request).isWaitingAt("UserTask_AcknowledgeResult");
    }

    @Test
    @DisplayName("an administrator in Cockpit is refused with one status and told what to do, whatever it is")
    void anAdministratorInCockpit(CapturedOutput output) {
        Visitor admin = new Visitor(port);
        admin.login("admin", "admin");
        ProcessInstance change = journey.changed("acct-10004", "SMS", "13800138004", "13900139004");
        String instance = "/process-instance/" + request.getId();
        String task =
                "/task/" + journey.task(change, "UserTask_AcknowledgeUnbinding").getId();
        List<Visitor.Answer> answers = List.of(
                admin.send("DELETE", ENGINE + instance, Map.of()),
                admin.send("PUT", ENGINE + instance + "/variables/subject", Map.of("value", "x")),
                admin.send("PUT", ENGINE + instance + "/suspended", Map.of("suspended", true)),
                admin.send("PUT", ENGINE + "/job/" + job.getId() + "/retries", Map.of("retries", 0)),
                admin.send(
                        "PUT",
                        ENGINE + "/job/" + job.getId() + "/duedate",
                        Map.of("duedate", "2099-01-01T00:00:00.000+0000")),
                admin.send("PUT", ENGINE + "/job/" + job.getId() + "/suspended", Map.of("suspended", true)),
                admin.send("DELETE", ENGINE + "/job/" + job.getId(), Map.of()),
                admin.send("POST", ENGINE + task + "/assignee", Map.of("userId", "admin")),
                admin.send("POST", ENGINE + task + "/unclaim", Map.of()),
                admin.send("POST", ENGINE + task + "/delegate", Map.of("userId", "admin")));

        assertThat(answers)
                .allSatisfy(answer -> assertThat(answer.body()).contains("raise the retries of the job or execute it"))
                .extracting(Visitor.Answer::status)
                .containsOnly(400);
        assertThat(output).doesNotContain("ENGINE-REST-HTTP500");
    }

    @Test
    @DisplayName("what is inside of a batch is refused when the batch comes to it")
    void whatIsInsideOfABatch() {
        runtime.deleteProcessInstancesAsync(List.of(request.getId()), "x");
        runtime.updateProcessInstanceSuspensionState()
                .byProcessInstanceIds(request.getId())
                .suspendAsync();
        runtime.setVariablesAsync(List.of(request.getId()), Map.of("subject", "acct-10004"));

        for (String handler :
                List.of("batch-seed-job", "instance-deletion", "instance-update-suspension-state", "set-variables")) {
            rows.texts("select ID_ from ACT_RU_JOB where HANDLER_TYPE_ = ?", handler).stream()
                    .map(id -> management.createJobQuery().jobId(id).singleResult())
                    .forEach(journey::succeeds);
        }

        assertThat(
                        rows.number(
                                "select count(*) from ACT_RU_JOB where HANDLER_TYPE_ like 'instance-%' or HANDLER_TYPE_ = 'set-variables'"))
                .isEqualTo(3);
        management.createBatchQuery().list().forEach(batch -> management.deleteBatch(batch.getId(), true));
        journey.runWaiting(request);
        assertThat(request).isWaitingAt("UserTask_AcknowledgeResult");
    }

    @Test
    @DisplayName(
            "operators try again: they raise retries, bring a job forward, execute it and activate what is suspended")
    void whatOperatorsNeed() {
        management.setJobRetries(job.getId(), 5);
        management.setJobRetriesByJobDefinitionId(job.getJobDefinitionId(), 5);
        management.setJobDuedate(job.getId(), Date.from(clock.instant()));
        runtime.activateProcessInstanceById(request.getId());
        repository.activateProcessDefinitionById(request.getProcessDefinitionId());
        management.activateJobById(job.getId());
        management.executeJob(job.getId());

        assertThat(journey.pending(job)).isFalse();
    }

    @Test
    @DisplayName("before the point of no return, and once a request has ended, everything is as an administrator wants")
    void beforeAndAfter() {
        ProcessInstance open = journey.start("account-deregistration", "acct-10004");
        runtime.suspendProcessInstanceById(open.getId());
        runtime.activateProcessInstanceById(open.getId());
        runtime.deleteProcessInstance(open.getId(), "x");
        rows.update(
                "update holder_request set ended_at = opened_at, outcome = 'x', open_for = null where account_id = ?",
                HOLDER);
        runtime.deleteProcessInstance(request.getId(), "x");

        assertThat(open).isEnded();
        assertThat(request).isEnded();
    }

    @Test
    @DisplayName("a phone change that has happened is as safe, in the process itself and in the numbers it tells")
    void aPhoneChangeThatHasHappened() {
        ProcessInstance change = journey.changed("acct-10004", "SMS", "13800138004", "13900139004");

        assertThatThrownBy(() -> runtime.deleteProcessInstance(change.getId(), "x"))
                .isInstanceOf(InvalidRequestException.class);
        assertThatThrownBy(() -> tasks.setVariable(
                        journey.task(change, "UserTask_AcknowledgeUnbinding").getId(), "subject", "x"))
                .isInstanceOf(InvalidRequestException.class);
    }

    @Test
    @DisplayName(
            "each change that the engine asks about is refused past the point of no return, or said to be harmless here")
    void eachChangeThatTheEngineAsksAbout() {
        Set<String> refused = Arrays.stream(CommittedRequestRule.class.getDeclaredMethods())
                .map(Method::getName)
                .filter(name -> name.startsWith("check"))
                .collect(Collectors.toSet());

        assertThat(Arrays.stream(CommandChecker.class.getMethods())
                        .map(Method::getName)
                        .filter(name -> !name.startsWith("checkRead"))
                        .filter(name -> !refused.contains(name)))
                .containsOnlyElementsOf(OF_NO_PROCESS_INSTANCE);
    }
}
