package org.accountsecurity.attack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.accountsecurity.testing.JourneyTest;
import org.accountsecurity.testing.Race;
import org.accountsecurity.testing.Snapshot;
import org.accountsecurity.testing.Visitor;
import org.awaitility.Awaitility;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Attempts with a valid session and any HTTP client: each is refused, and the database is as it was. */
@Tag("slow")
class AttackTest extends JourneyTest {

    private static final String HOLDER = "acct-10001";
    private static final String OTHER = "acct-10004";
    private static final String ENGINE = Visitor.ENGINE;
    private static final String DEREGISTRATION = "account-deregistration";
    private static final String PHONE_UNBINDING = "phone-unbinding";
    private static final String TASKLIST = "/camunda/app/tasklist/default/";
    /** As many as wait for a row at once, and leave some of the ten connections to others. */
    private static final int GUESSES = 6;

    /** What is tried, its method, its path and its body. */
    private static final String ATTEMPTS = """
            start with a foreign initiator | POST | /process-definition/{definition}/submit-form | \
                {"variables": {"subject": {"value": "acct-10004"}}}
            start with an account id | POST | /process-definition/{definition}/submit-form | \
                {"variables": {"accountId": {"value": "acct-10004"}}}
            start with a business key | POST | /process-definition/{definition}/submit-form | \
                {"variables": {}, "businessKey": "key"}
            start by key | POST | /process-definition/key/phone-unbinding/start | \
                {"variables": {"subject": {"value": "acct-10004"}}}
            start by key with the form | POST | /process-definition/key/phone-unbinding/submit-form | {"variables": {}}
            start at a later activity | POST | /process-definition/{definition}/start | \
                {"startInstructions": [{"type": "startBeforeActivity", "activityId": "ServiceTask_CloseAccount"}]}
            start a called process | POST | /process-definition/key/data-erasure/start | {}
            complete without the form | POST | /task/{task}/complete | \
                {"variables": {"subject": {"value": "acct-10004"}}}
            resolve | POST | /task/{task}/resolve | {"variables": {"subject": {"value": "acct-10004"}}}
            claim for another | POST | /task/{task}/claim | {"userId": "acct-10004"}
            unclaim | POST | /task/{task}/unclaim | {}
            assign | POST | /task/{task}/assignee | {"userId": "acct-10004"}
            delegate | POST | /task/{task}/delegate | {"userId": "acct-10004"}
            update the task | PUT | /task/{task}/ | {"assignee": "acct-10004", "name": "x"}
            delete the task | DELETE | /task/{task} | {}
            raise a BPMN error | POST | /task/{task}/bpmnError | {"errorCode": "AlreadyRequested"}
            raise an escalation | POST | /task/{task}/bpmnEscalation | {"escalationCode": "x"}
            comment | POST | /task/{task}/comment/create | {"message": "x"}
            attach | POST | /task/{task}/attachment/create | {}
            add an identity link | POST | /task/{task}/identity-links | {"userId": "acct-10004", "type": "candidate"}
            write a task variable | PUT | /task/{task}/variables/subject | {"value": "acct-10004"}
            write a local variable | PUT | /task/{task}/localVariables/subject | {"value": "acct-10004"}
            write task variables | POST | /task/{task}/variables | \
                {"modifications": {"subject": {"value": "acct-10004"}}}
            write an execution variable | PUT | /execution/{execution}/localVariables/subject | {"value": "acct-10004"}
            write an instance variable | PUT | /process-instance/{instance}/variables/subject | {"value": "acct-10004"}
            create a task | POST | /task/create | {"name": "x", "assignee": "acct-10001"}
            correlate a message | POST | /message | {"messageName": "x"}
            send a signal | POST | /signal | {"name": "x"}
            signal an execution | POST | /execution/{execution}/signal | {}
            modify the instance | POST | /process-instance/{instance}/modification | \
                {"instructions": [{"type": "startBeforeActivity", "activityId": "ServiceTask_CloseAccount"}]}
            modify asynchronously | POST | /modification/executeAsync | {}
            migrate | POST | /migration/execute | {}
            delete the instance | DELETE | /process-instance/{instance} | {}
            delete another's instance | DELETE | /process-instance/{other-instance} | {}
            suspend | PUT | /process-definition/{definition}/suspended | {"suspended": true}
            deploy | POST | /deployment/create | {}
            create a filter | POST | /filter/create | \
                {"resourceType": "Task", "name": "x", "query": {"dueAfterExpression": "${now()}"}}
            change the filter | PUT | /filter/{filter} | \
                {"resourceType": "Task", "name": "x", "query": {"dueAfterExpression": "${now()}"}}
            delete the filter | DELETE | /filter/{filter} | {}
            query tasks | POST | /task | {}
            query tasks with an expression | POST | /task | {"dueAfterExpression": "${now()}"}
            query tasks with an expression in a sub-query | POST | /task | \
                {"orQueries": [{"orQueries": [{"dueAfterExpression": "${now()}"}]}]}
            list with an expression | POST | /filter/{filter}/list | {"dueAfterExpression": "${now()}"}
            list with an expression in a sub-query | POST | /filter/{filter}/list | \
                {"orQueries": [{"orQueries": [{"dueAfterExpression": "${now()}"}]}]}
            list with an expression as parameter | GET | /task?dueAfterExpression=%24%7Bnow()%7D | {}
            run a report | GET | /process-instance | {}
            read another's task | GET | /task/{other-task} | {}
            read another's form | GET | /task/{other-task}/form-variables | {}
            submit another's form | POST | /task/{other-task}/submit-form | \
                {"variables": {"choice": {"value": "WITHDRAW"}}}
            read the own variables | GET | /task/{task}/variables | {}
            read a variable | GET | /task/{task}/variables/subject | {}
            read all variables | GET | /variable-instance | {}
            read the history | GET | /history/process-instance | {}
            read the history of tasks | GET | /history/task | {}
            read the user operation log | GET | /history/user-operation | {}
            read users | GET | /user | {}
            read another's profile | GET | /user/acct-10004/profile | {}
            read a staff profile | GET | /user/admin/profile | {}
            read groups | GET | /group | {}
            read another's groups | GET | /identity/groups?userId=acct-10004 | {}
            try a password | POST | /identity/verify | {"username": "admin", "password": "admin"}
            change the profile | PUT | /user/acct-10001/profile | {"firstName": "x"}
            change credentials | PUT | /user/admin/credentials | {"password": "x"}
            create a user | POST | /user/create | {}
            read authorizations | GET | /authorization | {}
            grant oneself | POST | /authorization/create | \
                {"type": 1, "userId": "acct-10001", "resourceType": 0, "resourceId": "*", "permissions": ["ALL"]}
            list the own attachments | GET | /task/{task}/attachment | {}
            read an own attachment | GET | /task/{task}/attachment/{attachment} | {}
            read an own attachment's data | GET | /task/{task}/attachment/{attachment}/data | {}
            delete an own attachment | DELETE | /task/{task}/attachment/{attachment} | {}
            list another's attachments | GET | /task/{other-task}/attachment | {}
            read another's attachment | GET | /task/{other-task}/attachment/{other-attachment} | {}
            read another's attachment's data | GET | /task/{other-task}/attachment/{other-attachment}/data | {}
            read another's attachment by the own task | GET | /task/{task}/attachment/{other-attachment}/data | {}
            delete another's attachment | DELETE | /task/{other-task}/attachment/{other-attachment} | {}
            read another's comments | GET | /task/{other-task}/comment | {}
            read another's variables | GET | /task/{other-task}/variables | {}
            read another's form's key | GET | /task/{other-task}/form | {}
            read another's deployed form | GET | /task/{other-task}/deployed-form | {}
            read another's request | GET | /process-instance/{other-instance} | {}
            read where another's request stands | GET | /process-instance/{other-instance}/activity-instances | {}
            read another's instance variables | GET | /process-instance/{other-instance}/variables | {}
            read another's execution | GET | /execution/{other-execution} | {}
            read another's history | GET | /history/process-instance/{other-instance} | {}
            query another's history | POST | /history/process-instance | {"processInstanceIds": ["{other-instance}"]}
            read another's activity by id | GET | /history/activity-instance/{other-activity} | {}
            read another's activities | GET | /history/activity-instance?processInstanceId={other-instance} | {}
            read another's task in the history | GET | /history/task?taskId={other-task} | {}
            read another's variables in the history | GET | /history/variable-instance?processInstanceId={other-instance} | \
                {}
            read another's details | GET | /history/detail?processInstanceId={other-instance} | {}
            read who had to do with another's task | GET | /history/identity-link-log?taskId={other-task} | {}
            delete another's history | DELETE | /history/process-instance/{other-instance} | {}
            read the process as XML | GET | /process-definition/{definition}/xml | {}
            read the process as XML by key | GET | /process-definition/key/account-deregistration/xml | {}
            read the picture | GET | /process-definition/{definition}/diagram | {}
            read the picture by key | GET | /process-definition/key/account-deregistration/diagram | {}
            read a called process as XML | GET | /process-definition/key/data-erasure/xml | {}
            read a decision as XML | GET | /decision-definition/key/data-retention/xml | {}
            read what is deployed | GET | /deployment/{deployment}/resources | {}
            read how requests are spread | GET | /process-definition/{definition}/statistics | {}
            read a deployment | GET | /deployment | {}
            read jobs | GET | /job | {}
            read incidents | GET | /incident | {}
            evaluate a decision | POST | /decision-definition/key/verification-policy/evaluate | \
                {"variables": {"purpose": {"value": "NEW_PHONE"}}}
            fetch external tasks | POST | /external-task/fetchAndLock | {}
            read metrics | GET | /metrics | {}
            read the version | GET | /version | {}
            another engine | GET | /../other/task | {}
            """;

    @Autowired
    RepositoryService repository;

    @Autowired
    RuntimeService runtime;

    @Autowired
    TaskService tasks;

    @Autowired
    PlatformTransactionManager transactions;

    private Visitor holder;
    private Map<String, String> ids;

    @BeforeEach
    void aHolderWithARequestBesideAnother() {
        holder = new Visitor(port);
        holder.login("13800138001", "Demo-10001");
        ProcessInstance own = journey.start(DEREGISTRATION, HOLDER);
        ProcessInstance others = journey.start(DEREGISTRATION, OTHER);
        Task task = journey.task(own, "UserTask_ReadNotice");
        Task otherTask = journey.task(others, "UserTask_ReadNotice");
        ids = Map.ofEntries(
                Map.entry("{task}", task.getId()),
                Map.entry("{instance}", own.getId()),
                Map.entry("{execution}", task.getExecutionId()),
                Map.entry("{definition}", task.getProcessDefinitionId()),
                Map.entry("{attachment}", attachmentOf(task)),
                Map.entry("{other-task}", otherTask.getId()),
                Map.entry("{other-instance}", others.getId()),
                Map.entry("{other-execution}", otherTask.getExecutionId()),
                Map.entry("{other-attachment}", attachmentOf(otherTask)),
                Map.entry(
                        "{other-activity}",
                        runtime.getActivityInstance(others.getId())
                                .getActivityInstances("UserTask_ReadNotice")[0]
                                .getId()),
                Map.entry(
                        "{deployment}",
                        repository
                                .getProcessDefinition(task.getProcessDefinitionId())
                                .getDeploymentId()),
                Map.entry(
                        "{filter}",
                        holder.get(ENGINE + "/filter?resourceType=Task")
                                .json()
                                .get(0)
                                .path("id")
                                .asText()));
    }

    /** They would outlive their requests. */
    @AfterEach
    void deleteAttachments() {
        tasks.deleteAttachment(ids.get("{attachment}"));
        tasks.deleteAttachment(ids.get("{other-attachment}"));
    }

    private String attachmentOf(Task task) {
        return tasks.createAttachment(
                        "text",
                        task.getId(),
                        task.getProcessInstanceId(),
                        "note",
                        "of the shop",
                        new ByteArrayInputStream("attached".getBytes(StandardCharsets.UTF_8)))
                .getId();
    }

    @Test
    @DisplayName("an old version, with the limits of its time, can't be started any more")
    void anOldVersionCantBeStarted() {
        journey.undeploy();
        Visitor another = new Visitor(port);
        another.login("13800138004", "Demo-10004");
        String old = ids.get("{definition}");
        journey.deployed("deregistration-policy", "\"PT0S\"", "\"P3D\"");
        Snapshot before = Snapshot.of(jdbc);

        Visitor.Answer answer =
                another.post(ENGINE + "/process-definition/" + old + "/submit-form", Map.of("variables", Map.of()));

        assertThat(answer.status()).as(answer.body()).isEqualTo(403);
        assertThat(Snapshot.of(jdbc).changedSince(before)).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = ATTEMPTS)
    @DisplayName("a holder can do what the forms offer, and nothing else")
    void anAttemptOfAHolderIsRefused(String what, String method, String path, String body)
            throws JsonProcessingException {
        Snapshot before = Snapshot.of(jdbc);

        Visitor.Answer answer = holder.send(method, ENGINE + filled(path), new ObjectMapper().readTree(filled(body)));

        assertThat(answer.status()).as(answer.body()).isIn(400, 403, 404, 405);
        assertThat(answer.body()).doesNotContain(OTHER, "ENGINE-", "Exception while", "camunda");
        assertThat(Snapshot.of(jdbc).changedSince(before)).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = ATTEMPTS)
    @DisplayName("without a session nothing is answered at all")
    void anAttemptOfNobodyIsRefused(String what, String method, String path, String body)
            throws JsonProcessingException {
        Snapshot before = Snapshot.of(jdbc);

        Visitor.Answer answer =
                new Visitor(port).send(method, ENGINE + filled(path), new ObjectMapper().readTree(filled(body)));

        assertThat(answer.status()).as(answer.body()).isIn(400, 401);
        assertThat(Snapshot.of(jdbc).changedSince(before)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/%zz", "/a|b", "/camunda/api%2fengine", "/a b"})
    @DisplayName("what is no HTTP is answered with its status, and nothing else")
    void whatIsNoHttpIsAnsweredWithItsStatus(String path) {
        String answer = RawRequest.answer(port, "GET", path, "");

        assertThat(answer).startsWith("HTTP/1.1 400").doesNotContainIgnoringCase("tomcat", "Exception", "\tat ");
    }

    static List<String> paths() {
        List<String> paths = new ArrayList<>();
        for (String api : List.of(
                "/camunda/api/engine/engine%s/default/user",
                "/camunda/api/cockpit/plugin%s/base/default/process-definition/statistics-count",
                "/camunda%s/api/admin/setup/default/user/create")) {
            for (String trick : List.of(
                    ";",
                    ";a=b",
                    "/",
                    "/.",
                    "/./",
                    "/x/..",
                    "%2f",
                    "%2F",
                    "%5c",
                    "\\",
                    "%2e",
                    "/%2e%2e/engine",
                    "%3b",
                    "%00",
                    "%0a",
                    "//")) {
                paths.add(String.format(api, trick));
            }
        }
        return paths;
    }

    @ParameterizedTest
    @MethodSource("paths")
    @DisplayName("a path that is not spelled plainly opens nothing, to nobody, by no method")
    void aPathThatIsNotPlainOpensNothing(String path) {
        Snapshot before = Snapshot.of(jdbc);
        for (String method : List.of("GET", "POST", "PUT", "DELETE", "OPTIONS")) {
            assertThat(RawRequest.status(port, method, path, "")).as(method).isIn(302, 400, 401, 403, 404);
            assertThat(RawRequest.status(port, method, path, holder.cookies()))
                    .as(method)
                    .isIn(400, 403, 404);
        }
        assertThat(Snapshot.of(jdbc).changedSince(before)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/camunda/api/engine/engine;/default/user",
                "/camunda//api/engine/engine/default/user",
                "/camunda/api/./engine/engine/default/user",
                "/camunda/api/engine/engine%2fdefault/user",
                "/camunda/api/engine\\engine/default/user",
                "/camunda/api/%65ngine/engine/default/user",
                "/camunda/%61pi/engine/engine/default/user",
                "/%63amunda/api/engine/engine/default/user",
                "/camunda/api/engine/%2e%2e/engine/default/user"
            })
    @DisplayName("raw paths with tricks are bad requests")
    void rawPathsAreBadRequests(String path) {
        assertThat(RawRequest.status(port, "GET", path, "")).isEqualTo(400);
        assertThat(RawRequest.status(port, "POST", path, holder.cookies())).isEqualTo(400);
    }

    static Stream<Arguments> bodies() {
        Map<String, Object> deep = new HashMap<>();
        for (int i = 0; i < 500; i++) {
            deep = new HashMap<>(Map.of("value", deep));
        }
        return Stream.of(
                Arguments.of(
                        "1.5 MB", Map.of("variables", Map.of("choice", Map.of("value", "x".repeat(1_500_000)))), 413),
                Arguments.of("nested deeply", Map.of("variables", Map.of("choice", deep)), 400),
                Arguments.of("a bean's name", variables("closeAccountDelegate", "x"), 400),
                Arguments.of("a reserved name", variables("execution", "x"), 400),
                Arguments.of("a name with an expression", variables("${1+1}", "x"), 400),
                Arguments.of(
                        "an unknown type",
                        Map.of("variables", Map.of("choice", Map.of("value", "x", "type", "Bean"))),
                        400),
                Arguments.of(
                        "a serialized object",
                        Map.of(
                                "variables",
                                Map.of(
                                        "choice",
                                        Map.of(
                                                "value",
                                                "rO0ABQ==",
                                                "type",
                                                "Object",
                                                "valueInfo",
                                                Map.of(
                                                        "objectTypeName",
                                                        "java.util.HashMap",
                                                        "serializationDataFormat",
                                                        "application/x-java-serialized-object")))),
                        400),
                Arguments.of(
                        "a file",
                        Map.of(
                                "variables",
                                Map.of(
                                        "choice",
                                        Map.of("value", "eA==", "type", "File", "valueInfo", Map.of("filename", "x")))),
                        400),
                Arguments.of("a null", Map.of("variables", Map.of("choice", Map.of())), 400),
                Arguments.of("a list for variables", Map.of("variables", List.of("choice")), 400));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("bodies")
    @DisplayName("what is no submission of the form is refused, in Chinese")
    void whatIsNoSubmissionIsRefused(String what, Map<String, Object> body, int status) {
        Snapshot before = Snapshot.of(jdbc);

        Visitor.Answer answer = holder.post(ENGINE + filled("/task/{task}/submit-form"), body);

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.message()).containsPattern("\\p{IsHan}").doesNotContain("Cannot", "Exception");
        assertThat(Snapshot.of(jdbc).changedSince(before)).isEmpty();
    }

    @Test
    @DisplayName("a submission without the token, or with another session's, is refused")
    void aSubmissionWithoutTheTokenIsRefused() {
        String submit = ENGINE + filled("/task/{task}/submit-form");
        Map<String, Object> withdrawn = variables("choice", "WITHDRAW");
        Visitor stranger = new Visitor(port);
        stranger.login("13800138004", "Demo-10004");
        Visitor again = new Visitor(port);
        again.login("13800138001", "Demo-10001");
        Snapshot before = Snapshot.of(jdbc);

        assertThat(RawRequest.status(port, "POST", submit, holder.cookies())).isEqualTo(403);
        assertThat(again.postWithToken(submit, withdrawn, stranger.token()).status())
                .isEqualTo(403);
        assertThat(Snapshot.of(jdbc).changedSince(before)).isEmpty();
    }

    static Stream<Arguments> setups() {
        return Stream.of(
                Arguments.of("POST", "/camunda/api/admin/setup/default/user/create"),
                Arguments.of("POST", "/camunda/api/admin/setup/other/user/create"),
                Arguments.of("GET", "/camunda/app/admin/default/setup/"),
                Arguments.of("GET", "/camunda/app/tasklist/default/setup/"),
                Arguments.of("GET", "/camunda/app/welcome/default/setup/"));
    }

    @ParameterizedTest
    @MethodSource("setups")
    @DisplayName("nobody and no holder sets up an administrator")
    void nobodySetsUpAnAdministrator(String method, String path) {
        Map<String, Object> administrator = Map.of(
                "profile",
                Map.of("id", "mallory", "firstName", "Mal", "lastName", "Lory", "email", "mallory@example.com"),
                "credentials",
                Map.of("password", "Mallory-1-Mallory"));
        Visitor nobody = new Visitor(port);
        nobody.get("/login");
        Snapshot before = Snapshot.of(jdbc);

        Visitor.Answer toNobody = nobody.send(method, path, administrator);
        Visitor.Answer toNobodyWithAToken =
                method.equals("POST") ? nobody.postWithToken(path, administrator, holder.token()) : toNobody;
        Visitor.Answer toHolder = holder.send(method, path, administrator);

        assertThat(toNobody.status()).isIn(302, 401);
        assertThat(toNobody.status() == 401 || toNobody.location().endsWith("/login"))
                .isTrue();
        assertThat(toNobodyWithAToken.status()).isIn(302, 401);
        assertThat(toHolder.status()).isEqualTo(403);
        assertThat(Snapshot.of(jdbc).changedSince(before)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"sorting\":[null]}",
                "{\"sorting\":[{}]}",
                "{\"sorting\":null}",
                "{\"orQueries\":[null]}",
                "{\"orQueries\":[{\"orQueries\":[null]}]}",
                "{\"processVariables\":[{}]}",
                "{\"processVariables\":[null]}",
                "{\"taskVariables\":[{\"name\":null}]}",
                "{\"candidateGroups\":[null]}",
                "{\"priority\":\"x\"}",
                "null",
                "[]",
                "[null]",
                "1",
                "\"x\""
            })
    @DisplayName("a list asked for with a body that says nothing sensible is no error of the server's")
    void anOddListIsNoErrorOfTheServers(String body) throws JsonProcessingException {
        Snapshot before = Snapshot.of(jdbc);

        Visitor.Answer answer =
                holder.post(ENGINE + filled("/filter/{filter}/list"), new ObjectMapper().readTree(body));

        assertThat(answer.status()).as(answer.body()).isLessThan(500);
        assertThat(answer.body()).doesNotContain(ids.get("{other-task}"), OTHER, "ENGINE-");
        assertThat(Snapshot.of(jdbc).changedSince(before)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/task/{task}/submit-form", "/process-definition/{definition}/submit-form"})
    @DisplayName("a form is not answered with the variables of the process")
    void aFormIsNotAnsweredWithVariables(String path) {
        boolean start = path.startsWith("/process-definition");
        Snapshot before = Snapshot.of(jdbc);

        Visitor.Answer answer = holder.post(
                ENGINE + filled(path),
                Map.of(
                        "variables",
                        start ? Map.of() : Map.of("choice", Map.of("value", "WITHDRAW")),
                        "withVariablesInReturn",
                        true));

        assertThat(answer.status()).as(answer.body()).isBetween(400, 499);
        assertThat(answer.body()).doesNotContain("subject", HOLDER);
        assertThat(Snapshot.of(jdbc).changedSince(before)).isEmpty();
    }

    @Test
    @DisplayName("a holder sees no task of another's request in a list either")
    void aListShowsNoTaskOfAnothers() {
        Snapshot before = Snapshot.of(jdbc);

        assertThat(holder.get(ENGINE + filled("/task?processInstanceId={other-instance}"))
                        .body())
                .isEqualTo("[]");
        assertThat(holder.get(ENGINE + "/task?assignee=" + OTHER).body()).isEqualTo("[]");
        assertThat(Snapshot.of(jdbc).changedSince(before)).isEmpty();
    }

    @Test
    @DisplayName("a completed submission can't be replayed")
    void aCompletedSubmissionCantBeReplayed() {
        assertThat(holder.submit(ids.get("{task}"), Map.of("choice", "WITHDRAW"))
                        .status())
                .isEqualTo(204);
        Snapshot before = Snapshot.of(jdbc);

        Visitor.Answer answer = holder.submit(ids.get("{task}"), Map.of("choice", "WITHDRAW"));

        assertThat(answer.message()).isEqualTo("这一步已在别处完成或已过期，请刷新页面查看最新进度。");
        assertThat(Snapshot.of(jdbc).changedSince(before)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/form", "/deployed-form", "/form-variables"})
    @DisplayName("the form of a task that is gone is said to be gone")
    void theFormOfATaskThatIsGone(String form) {
        String gone = "/task/" + ids.get("{task}").replace('a', 'b').replace('0', '1');

        Visitor.Answer answer = holder.get(ENGINE + gone + form);

        assertThat(answer.status()).as(answer.body()).isIn(404, 409);
        assertThat(answer.message()).isEqualTo("这一步已在别处完成或已过期，请刷新页面查看最新进度。");
    }

    @Test
    @DisplayName("a form shows the variables it declares, and no other")
    void aFormShowsWhatItDeclares() {
        List<String> shown = new ArrayList<>();
        holder.get(ENGINE + filled("/task/{task}/form-variables"))
                .json()
                .fieldNames()
                .forEachRemaining(shown::add);

        assertThat(shown).contains("notice", "channels").doesNotContain("subject", "eligible", "openItems");
    }

    @Test
    @DisplayName(
            "of forty guesses at a password at once each is counted, and after a quarter of an hour the right one works")
    void guessesAtAPasswordAreThrottled() throws InterruptedException {
        rows.update("delete from login_attempt");

        Race.run(40, () -> new Visitor(port).login("13800138005", "wrong"));

        assertThat(jdbc.sql("select distinct attempts from login_attempt")
                        .query(Integer.class)
                        .list())
                .containsExactly(40);
        assertThat(new Visitor(port).login("13800138005", "Demo-10005").location())
                .endsWith("?error");
        assertThat(new Visitor(port).login("13800138004", "Demo-10004").location())
                .doesNotContain("error");

        clock.forward(java.time.Duration.ofMinutes(15));
        assertThat(new Visitor(port).login("13800138005", "Demo-10005").location())
                .doesNotContain("error");
    }

    @Test
    @DisplayName("guesses that come while the last one allowed is being counted are refused, be they right")
    void guessesInParallelDontOvertakeTheCount() throws Exception {
        new Visitor(port).login("13800138005", "wrong");
        ExecutorService guessing = Executors.newFixedThreadPool(GUESSES);
        List<Future<String>> locations = new ArrayList<>();

        // the row is at ten for those who wait for it, and still at one for who reads without waiting
        new TransactionTemplate(transactions).executeWithoutResult(counting -> {
            rows.update("update login_attempt set attempts = attempts + 9");
            for (int i = 0; i < GUESSES; i++) {
                locations.add(guessing.submit(() ->
                        new Visitor(port).login("13800138005", "Demo-10005").location()));
            }
            Awaitility.await("all guesses are being counted")
                    .pollInSameThread()
                    .until(() ->
                            jdbc.sql("select count(*) from information_schema.sessions where blocker_id is not null")
                                            .query(Integer.class)
                                            .single()
                                    == GUESSES);
        });

        for (Future<String> location : locations) {
            assertThat(location.get()).endsWith("/login?error");
        }
        guessing.shutdown();
        clock.forward(java.time.Duration.ofMinutes(15));
        assertThat(new Visitor(port).login("13800138005", "Demo-10005").location())
                .doesNotContain("error");
    }

    @Test
    @DisplayName("an address that tries many logins is throttled, whichever it tries")
    void anAddressIsThrottled() {
        for (int i = 0; i < 100; i++) {
            new Visitor(port).login("1390000" + (1000 + i), "wrong");
        }

        assertThat(new Visitor(port).login("13800138004", "Demo-10004").location())
                .endsWith("?error");

        clock.forward(java.time.Duration.ofMinutes(15));
        assertThat(new Visitor(port).login("13800138004", "Demo-10004").location())
                .doesNotContain("error");
    }

    @ParameterizedTest
    @ValueSource(strings = {"LOCKED", "CLOSED"})
    @DisplayName("the session of an account that is closed or locked is dead with its next request")
    void theSessionOfAClosedAccountIsDead(String status) {
        assertThat(holder.loggedIn()).isTrue();

        rows.update("update account set status = ? where id = ?", status, HOLDER);

        assertThat(holder.get(ENGINE + filled("/task/{task}")).status()).isEqualTo(401);
        assertThat(holder.loggedIn()).isFalse();
    }

    @Test
    @DisplayName("after a deregistration the sessions of the account open nothing more, whoever kept their cookies")
    void theSessionsOfADeregisteredAccountAreDead() {
        Visitor elsewhere = new Visitor(port);
        elsewhere.login("demo-10001@example.com", "Demo-10001");
        ProcessInstance request = journey.start(PHONE_UNBINDING, "acct-10005");
        Task othersTask = journey.anyTask(request).orElseThrow();
        holder.submit(ids.get("{task}"), Map.of("choice", "CONTINUE", "consent", true, "channel", "SMS"));
        ProcessInstance own = runtime.createProcessInstanceQuery()
                .processInstanceId(ids.get("{instance}"))
                .singleResult();
        journey.deliverCodes();
        holder.complete("输入验证码", Map.of("choice", "SUBMIT", "code", journey.code("13800138001")));
        holder.complete("确认注销", Map.of("choice", "CONFIRM"));
        journey.runWaiting(own);
        String cookies = holder.cookies();
        String cookiesElsewhere = elsewhere.cookies();
        assertThat(RawRequest.status(port, "GET", TASKLIST, cookies)).isEqualTo(200);
        assertThat(RawRequest.status(port, "GET", TASKLIST, cookiesElsewhere)).isEqualTo(200);
        holder.complete("查看注销成功提示", Map.of());
        Snapshot before = Snapshot.of(jdbc);

        for (String kept : List.of(cookies, cookiesElsewhere)) {
            assertThat(RawRequest.status(port, "GET", TASKLIST, kept)).isEqualTo(302);
            for (String path : List.of("/filter?resourceType=Task", "/task", "/process-definition", "/task/{task}")) {
                assertThat(RawRequest.status(port, "GET", ENGINE + filled(path), kept))
                        .as(path)
                        .isEqualTo(401);
            }
            for (String path : List.of(
                    "/process-definition/{definition}/submit-form",
                    "/task/{task}/submit-form",
                    "/task/" + othersTask.getId() + "/submit-form",
                    "/filter/{filter}/list")) {
                assertThat(RawRequest.status(port, "POST", ENGINE + filled(path), kept))
                        .as(path)
                        .isEqualTo(401);
            }
        }
        assertThat(holder.loggedIn()).isFalse();
        assertThat(elsewhere.loggedIn()).isFalse();
        assertThat(Snapshot.of(jdbc).changedSince(before)).isEmpty();
    }

    @Test
    @DisplayName("a session that has asked for nothing since its login is dead as well when the phone number changes")
    void aSilentSessionDiesWithThePhoneNumber() {
        Visitor silent = new Visitor(port);
        assertThat(silent.loginOnly("13800138005", "Demo-10005").location()).doesNotContain("error");
        Visitor silentToo = new Visitor(port);
        assertThat(silentToo.loginOnly("13800138004", "Demo-10004").location()).doesNotContain("error");
        ProcessInstance change = journey.start(PHONE_UNBINDING, "acct-10005");
        journey.submit(change, "UserTask_ReadUnbindingNotice", "choice", "CONTINUE", "channel", "SMS");
        journey.verify(change, "13800138005");
        journey.submit(change, "UserTask_EnterNewPhone", "choice", "CONTINUE", "newPhone", "13900139005");
        journey.verify(change, "13900139005");
        journey.submit(change, "UserTask_ConfirmUnbinding", "choice", "CONFIRM");
        Snapshot before = Snapshot.of(jdbc);

        assertThat(silent.get(ENGINE + "/task").status()).isEqualTo(401);
        assertThat(silent.loggedIn()).isFalse();
        assertThat(silentToo.loggedIn()).as("of an account that did not change").isTrue();
        assertThat(Snapshot.of(jdbc).changedSince(before)).isEmpty();
    }

    @Test
    @DisplayName("when the phone number changes, all other sessions of the account are dead and the own one goes on")
    void otherSessionsDieWithThePhoneNumber() {
        Visitor own = new Visitor(port);
        own.login("13800138005", "Demo-10005");
        Visitor other = new Visitor(port);
        other.login("demo-10005@example.com", "Demo-10005");
        ProcessInstance change = journey.start("phone-unbinding", "acct-10005");
        journey.submit(change, "UserTask_ReadUnbindingNotice", "choice", "CONTINUE", "channel", "SMS");
        journey.verify(change, "13800138005");
        journey.submit(change, "UserTask_EnterNewPhone", "choice", "CONTINUE", "newPhone", "13900139005");
        journey.verify(change, "13900139005");
        assertThat(other.loggedIn()).isTrue();

        own.complete("确认解绑", Map.of("choice", "CONFIRM"));

        assertThat(other.loggedIn()).isFalse();
        assertThat(own.loggedIn()).isTrue();
        journey.execute(journey.job(change, "ServiceTask_NotifyBothNumbers"));
        own.complete("查看解绑成功提示", Map.of());
    }

    private String filled(String path) {
        String filled = path;
        for (Map.Entry<String, String> id : ids.entrySet()) {
            filled = filled.replace(id.getKey(), id.getValue());
        }
        return filled;
    }

    private static Map<String, Object> variables(String name, Object value) {
        return Map.of("variables", Map.of(name, Map.of("value", value)));
    }
}
