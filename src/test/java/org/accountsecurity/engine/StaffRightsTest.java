package org.accountsecurity.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.accountsecurity.testing.JourneyTest;
import org.accountsecurity.testing.Modeler;
import org.accountsecurity.testing.Visitor;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The table of docs/roles.md, row by row. */
class StaffRightsTest extends JourneyTest {

    private static final String ENGINE = Visitor.ENGINE;

    private ProcessInstance request;
    private Task task;

    @BeforeEach
    void aHolderIsAtTheNotice() {
        request = journey.start("account-deregistration", "acct-10001");
        task = journey.task(request, "UserTask_ReadNotice");
    }

    @ParameterizedTest
    @CsvSource({"admin, 200, 200, 200, 200", "owner, 200, 200, 403, 200", "support, 200, 200, 403, 200"})
    @DisplayName("who opens which page")
    void whoOpensWhichPage(String staff, int tasklist, int cockpit, int admin, int welcome) {
        Visitor visitor = login(staff);

        assertThat(visitor.get("/camunda/app/tasklist/default/").status()).isEqualTo(tasklist);
        assertThat(visitor.get("/camunda/app/cockpit/default/").status()).isEqualTo(cockpit);
        assertThat(visitor.get("/camunda/app/admin/default/").status()).isEqualTo(admin);
        assertThat(visitor.get("/camunda/app/welcome/default/").status()).isEqualTo(welcome);
    }

    @ParameterizedTest
    @CsvSource({"admin, 7, 1", "owner, 7, 1", "support, 7, 1"})
    @DisplayName("who sees which processes and requests")
    void whoSeesWhichProcesses(String staff, int definitions, int requests) {
        Visitor visitor = login(staff);

        assertThat(visitor.get(ENGINE + "/process-definition?latestVersion=true")
                        .json())
                .hasSize(definitions);
        assertThat(visitor.get(ENGINE + "/process-instance?rootProcessInstances=true")
                        .json())
                .hasSize(requests);
    }

    @Test
    @DisplayName("a task that is given to staff shows them nothing that is the holder's alone")
    void aTaskOfStaffShowsNothingOfTheHolders() {
        Map<String, String> files = Modeler.everythingWith("account-deregistration.bpmn");
        String holders = "camunda:assignee=\"${subject}\" camunda:formRef=\"acknowledge-deregistration\"";
        assertThat(files.get("account-deregistration.bpmn")).contains(holders);
        files.computeIfPresent(
                "account-deregistration.bpmn",
                (name, text) -> text.replace(
                        holders, "camunda:candidateGroups=\"support\" camunda:formRef=\"acknowledge-deregistration\""));
        journey.deployed(files);
        ProcessInstance leaving = journey.confirmed("acct-10004", "13800138004");
        journey.erase(leaving);
        Visitor support = login("support");

        String values = support.get(ENGINE + "/task/"
                        + journey.task(leaving, "UserTask_AcknowledgeResult").getId() + "/form-variables")
                .body();

        assertThat(values).isEqualTo("{}");
    }

    @ParameterizedTest
    @CsvSource({"owner", "support"})
    @DisplayName("variables, users, authorizations and filters are closed to all but administrators")
    void whatOnlyAdministratorsSee(String staff) {
        Visitor visitor = login(staff);

        assertThat(visitor.get(ENGINE + "/variable-instance").body()).isEqualTo("[]");
        assertThat(visitor.get(ENGINE + "/task/" + task.getId() + "/form-variables")
                        .status())
                .isEqualTo(403);
        assertThat(visitor.get(ENGINE + "/process-instance/" + request.getId() + "/variables")
                        .status())
                .isEqualTo(403);
        assertThat(visitor.get(ENGINE + "/user").json().findValuesAsText("id")).containsExactly(staff);
        assertThat(visitor.get(ENGINE + "/authorization").body()).isEqualTo("[]");
        assertThat(visitor.post(
                                ENGINE + "/filter/create",
                                Map.of("resourceType", "Task", "name", "x", "query", Map.of()))
                        .status())
                .isEqualTo(403);
    }

    @ParameterizedTest
    @CsvSource({"admin, 200", "owner, 400", "support, 400"})
    @DisplayName("expressions in queries are for administrators")
    void expressionsAreForAdministrators(String staff, int status) {
        Map<String, Object> expression = Map.of("dueAfterExpression", "${now()}");

        assertThat(login(staff)
                        .post(ENGINE + "/task", Map.of("orQueries", List.of(expression)))
                        .status())
                .isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({"support, 204", "owner, 403", "13800138004, 403"})
    @DisplayName("a data set that is stuck is support's to handle, and of the request shows what the form shows")
    void aStuckDataSetIsSupports(String user, int status) {
        journey.submit(request, "UserTask_ReadNotice", "choice", "CONTINUE", "consent", true, "channel", "SMS");
        journey.verify(request, "13800138001");
        journey.submit(request, "UserTask_ConfirmDeregistration", "choice", "CONFIRM");
        journey.execute(journey.jobs(request, "StartEvent_DataSetStuck").get(0));
        String stuck = journey.task(request, "UserTask_HandleStuckErasure").getId();
        Visitor visitor = new Visitor(port);
        visitor.login(user, user.equals("13800138004") ? "Demo-10004" : user);

        Visitor.Answer shown = visitor.get(ENGINE + "/task/" + stuck + "/form-variables?deserializeValues=false");
        assertThat(shown.status()).isEqualTo(status == 204 ? 200 : 403);
        if (status == 204) {
            assertThat(shown.json().fieldNames())
                    .toIterable()
                    .containsExactlyInAnyOrder("stuckDataSet", "failure", "progress", "finishBy");
        }
        assertThat(visitor.submit(stuck, Map.of()).status()).isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({"support, 204", "owner, 403", "13800138004, 403"})
    @DisplayName("a contest is support's to look into, and shows what the form shows and nothing personal")
    void aContestIsSupports(String user, int status) {
        ProcessInstance contest = journey.contest(request, "13800138001");
        String handling = journey.task(contest, "UserTask_HandleContest").getId();
        Visitor visitor = new Visitor(port);
        visitor.login(user, user.equals("13800138004") ? "Demo-10004" : user);

        Visitor.Answer shown = visitor.get(ENGINE + "/task/" + handling + "/form-variables?deserializeValues=false");
        assertThat(shown.status()).isEqualTo(status == 204 ? 200 : 403);
        if (status == 204) {
            assertThat(shown.json().fieldNames())
                    .toIterable()
                    .containsExactlyInAnyOrder(
                            "contestNumber",
                            "contestedWhat",
                            "contestedAt",
                            "contestedRequest",
                            "contestedFrom",
                            "contestEffect");
            assertThat(shown.body()).doesNotContain("acct-10001", "8001", "demo-10001");
        }
        assertThat(visitor.submit(handling, Map.of("choice", "SURELY_NOT")).status())
                .isEqualTo(status == 204 ? 400 : 403);
        assertThat(visitor.submit(handling, Map.of("choice", "NOT_OWN")).status())
                .isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({"admin, 200", "owner, 403", "support, 403"})
    @DisplayName("the value of a variable can't be found out by asking for it")
    void valuesCantBeGuessed(String staff, int status) {
        Visitor visitor = login(staff);
        Map<String, Object> variable = Map.of("name", "subject", "operator", "eq", "value", "acct-10001");

        assertThat(visitor.get(ENGINE + "/process-instance?variables=subject_eq_acct-10001")
                        .status())
                .isEqualTo(status);
        assertThat(visitor.get(ENGINE + "/task?processVariables=subject_eq_acct-10001")
                        .status())
                .isEqualTo(status);
        assertThat(visitor.post(
                                ENGINE + "/task",
                                Map.of("orQueries", List.of(Map.of("processVariables", List.of(variable)))))
                        .status())
                .isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({"admin", "owner", "support"})
    @DisplayName("nobody answers for a holder")
    void nobodyAnswersForAHolder(String staff) {
        Visitor visitor = login(staff);
        String path = ENGINE + "/task/" + task.getId();

        assertThat(visitor.submit(task.getId(), Map.of("choice", "WITHDRAW")).status())
                .isEqualTo(403);
        assertThat(visitor.post(path + "/complete", Map.of()).status()).isEqualTo(403);
        assertThat(visitor.post(path + "/bpmnError", Map.of("errorCode", "x")).status())
                .isEqualTo(403);
        assertThat(journey.waitsAt(request, "UserTask_ReadNotice")).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"owner", "support"})
    @DisplayName("nobody but an administrator changes a request that runs")
    void nobodyChangesARequestThatRuns(String staff) {
        Visitor visitor = login(staff);
        String instance = ENGINE + "/process-instance/" + request.getId();

        assertThat(visitor.send("PUT", instance + "/variables/subject", Map.of("value", "x"))
                        .status())
                .isEqualTo(403);
        assertThat(visitor.send("DELETE", instance, Map.of()).status()).isEqualTo(403);
        assertThat(visitor.post(
                                instance + "/modification",
                                Map.of(
                                        "instructions",
                                        List.of(Map.of(
                                                "type", "startBeforeActivity",
                                                "activityId", "ServiceTask_CloseAccount"))))
                        .status())
                .isEqualTo(403);
        assertThat(visitor.send("PUT", instance + "/suspended", Map.of("suspended", true))
                        .status())
                .isEqualTo(403);
    }

    @ParameterizedTest
    @CsvSource({"admin, 200", "owner, 200", "support, 403"})
    @DisplayName("process owners deploy, support does not")
    void processOwnersDeploy(String staff, int status) throws IOException {
        Visitor visitor = login(staff);

        Visitor.Answer answer = visitor.deploy("cool-off.form", Files.readString(Path.of("forms/cool-off.form")));

        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
    }

    private Visitor login(String staff) {
        Visitor visitor = new Visitor(port);
        visitor.login(staff, staff);
        return visitor;
    }
}
