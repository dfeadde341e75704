package org.accountsecurity.contest;

import static org.accountsecurity.testing.PathAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.accountsecurity.engine.guard.ModelEdit;
import org.accountsecurity.testing.JourneyTest;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** An account stays restricted for its time, or until support has answered, whatever the case's process does. */
class ContestRestrictionTest extends JourneyTest {

    private static final String HOLDER = "acct-10001";
    private static final String PHONE = "13800138001";
    private static final String PROCESS = "contested-request";
    private static final String HANDLE = "UserTask_HandleContest";
    private static final String WAITS = "BoundaryEvent_ContestWaits";

    @Autowired
    Contests contests;

    @Autowired
    RuntimeService runtime;

    @Autowired
    TaskService tasks;

    @Test
    @DisplayName("a diagram that ends the case at once does not end the restriction")
    void aDiagramThatEndsAtOnce() {
        deployed(new ModelEdit().replaceAll(PROCESS + ".bpmn", "(?s)<bpmn:startEvent.*(?=</bpmn:process>)", """
                <bpmn:startEvent id="Start" name="收到异议"><bpmn:outgoing>Flow</bpmn:outgoing></bpmn:startEvent>
                <bpmn:endEvent id="End" name="已处理"><bpmn:incoming>Flow</bpmn:incoming></bpmn:endEvent>
                <bpmn:sequenceFlow id="Flow" sourceRef="Start" targetRef="End" />"""));

        assertThat(contested()).isNull();

        assertRestrictedFor(Duration.ofDays(15));
    }

    @Test
    @DisplayName("a reminder that ends the case does not end the restriction")
    void aReminderThatEndsTheCase() {
        deployed(new ModelEdit()
                .change(PROCESS, WAITS, " cancelActivity=\"false\"", "")
                .replaceAll(
                        PROCESS + ".bpmn",
                        "timeCycle([^>]*)>R/P3D</bpmn:timeCycle",
                        "timeDuration$1>P3D</bpmn:timeDuration"));
        ProcessInstance contest = contested();
        clock.forward(Duration.ofDays(3));
        journey.execute(journey.job(contest, WAITS));
        journey.runWaiting(contest);

        assertThat(contest).isEnded().hasPassed("EndEvent_StaffReminded");
        assertRestrictedFor(Duration.ofDays(12));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @DisplayName("an administrator who deletes the case, or moves it to its end with a variable, ends no restriction")
    void anAdministratorEndsNoRestriction(boolean deletes) {
        ProcessInstance contest = contested();

        if (deletes) {
            runtime.deleteProcessInstance(contest.getId(), "by mistake");
        } else {
            runtime.createProcessInstanceModification(contest.getId())
                    .cancelAllForActivity(HANDLE)
                    .startBeforeActivity("Gateway_OwnAction")
                    .setVariable("choice", "OWN")
                    .execute();
        }

        assertThat(contest).isEnded();
        assertThat(answers()).isEmpty();
        assertRestrictedFor(Duration.ofDays(15));
    }

    @Test
    @DisplayName(
            "only support lets the account go: nobody else's submission is accepted, and none is made by the engine")
    void onlySupportLetsTheAccountGo() {
        ProcessInstance contest = contested();
        Task task = journey.task(contest, HANDLE);

        assertThatThrownBy(() -> journey.submitAs("camunda-admin", task, "choice", "OWN"))
                .hasMessageContaining("support");
        assertThat(contests.restriction(HOLDER)).isPresent();
        tasks.complete(task.getId(), Map.of("choice", "OWN"));

        assertThat(contest).isEnded();
        assertThat(answers()).isEmpty();
        assertRestrictedFor(Duration.ofDays(15));
    }

    @ParameterizedTest
    @CsvSource({"OWN, EndEvent_HolderHelped", "NOT_OWN, EndEvent_OwnAction"})
    @DisplayName("what support found out is the answer, whatever way a diagram takes with it")
    void whatSupportFoundOutIsTheAnswer(String answer, String end) {
        deployed(new ModelEdit().replace(PROCESS + ".bpmn", "${choice == 'OWN'}", "${choice == 'NOT_OWN'}"));
        ProcessInstance contest = contested();

        journey.submitAs("support", journey.task(contest, HANDLE), "choice", answer);

        assertThat(contest).isEnded().hasPassed(end);
        assertThat(answers()).containsExactly(answer);
        assertThat(contests.restriction(HOLDER)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"本人操作，解除限制, 非本人操作", "\"choice\", \"result\""})
    @DisplayName("an answer to another question than the release's is none")
    void anAnswerToAnotherQuestion(String text, String otherwise) {
        deployed(new ModelEdit()
                .replaceAll("handle-contest.form", "(?s),\\s*\"properties\": \\{.*?}", "")
                .replace("handle-contest.form", text, otherwise)
                .replace(PROCESS + ".bpmn", "${choice == 'OWN'}", "${false}"));
        ProcessInstance contest = contested();

        journey.submitAs(
                "support", journey.task(contest, HANDLE), otherwise.contains("result") ? "result" : "choice", "OWN");

        assertThat(contest).isEnded();
        assertThat(answers()).isEmpty();
        assertRestrictedFor(Duration.ofDays(15));
    }

    private ProcessInstance contested() {
        ProcessInstance request = journey.start("account-deregistration", HOLDER);
        journey.tellRequested(request);
        return journey.contestOf(NotMe.use(contests, journey.notMe(PHONE)));
    }

    private List<String> answers() {
        return jdbc.sql("select answer from contest where answer is not null")
                .query(String.class)
                .list();
    }

    private void assertRestrictedFor(Duration left) {
        assertThat(journey.start("phone-unbinding", HOLDER)).isEnded().hasPassed("EndEvent_AccountRestricted");
        clock.forward(left.minusMillis(1));
        assertThat(contests.restriction(HOLDER)).isPresent();
        clock.forward(Duration.ofMillis(1));
        assertThat(contests.restriction(HOLDER)).isEmpty();
        assertThat(journey.start("account-deregistration", HOLDER)).isWaitingAt("UserTask_ReadNotice");
    }

    /** Without the pictures, which name what an edit may have removed. */
    private void deployed(ModelEdit edit) {
        journey.deployed(edit.replaceAll(PROCESS + ".bpmn", "(?s)<bpmndi:BPMNDiagram.*</bpmndi:BPMNDiagram>", "")
                .texts());
    }
}
