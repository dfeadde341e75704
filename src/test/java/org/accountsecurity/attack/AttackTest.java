package org.accountsecurity.attack;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.accountsecurity.ApplicationTest;
import org.accountsecurity.Journey;
import org.accountsecurity.Race;
import org.accountsecurity.Snapshot;
import org.accountsecurity.TestClock;
import org.accountsecurity.Visitor;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Attempts with a valid session and any HTTP client: each is refused, and the database is as it was. */
@ApplicationTest
class AttackTest {

    private static final String HOLDER = "acct-10001";
    private static final String OTHER = "acct-10004";
    private static final String ENGINE = Visitor.ENGINE;
    private static final String DEREGISTRATION = "account-deregistration";

    @LocalServerPort
    int port;

    @Autowired
    Journey journey;

    @Autowired
    TestClock clock;

    @Autowired
    RepositoryService repository;

    @Autowired
    JdbcClient jdbc;

    private Visitor holder;
    private Map<String, String> ids;

    @BeforeEach
    void aHolderWithARequestBesideAnother() {
        holder = new Visitor(port);
        holder.login("13800138001", "Demo-10001");
        ProcessInstance own = journey.start(DEREGISTRATION, HOLDER);
        ProcessInstance others = journey.start(DEREGISTRATION, OTHER);
        Task task = journey.task(own, "UserTask_ReadNotice");
        ids = Map.of(
                "{task}", task.getId(),
                "{instance}", own.getId(),
                "{execution}", task.getExecutionId(),
                "{definition}", task.getProcessDefinitionId(),
                "{other-task}", journey.task(others, "UserTask_ReadNotice").getId(),
                "{other-instance}", others.getId(),
                "{filter}",
                        holder.get(ENGINE + "/filter?resourceType=Task")
                                .json()
                                .get(0)
                                .path("id")
                                .asText());
    }

    static Stream<Arguments> attempts() {
        Map<String, Object> variable = Map.of("variables", Map.of("subject", Map.of("value", OTHER)));
        Map<String, Object> expression = Map.of("dueAfterExpression", "${now()}");
        Map<String, Object> nested = Map.of("orQueries", List.of(Map.of("orQueries", List.of(expression))));
        return Stream.of(
                Arguments.of(
                        "start with a foreign initiator",
                        "POST",
                        "/process-definition/{definition}/submit-form",
                        variable),
                Arguments.of(
                        "start with an account id",
                        "POST",
                        "/process-definition/{definition}/submit-form",
                        Map.of("variables", Map.of("accountId", Map.of("value", OTHER)))),
                Arguments.of(
                        "start with a business key",
                        "POST",
                        "/process-definition/{definition}/submit-form",
                        Map.of("variables", Map.of(), "businessKey", "key")),
                Arguments.of("start by key", "POST", "/process-definition/key/phone-unbinding/start", variable),
                Arguments.of(
                        "start by key with the form",
                        "POST",
                        "/process-definition/key/phone-unbinding/submit-form",
                        Map.of("variables", Map.of())),
                Arguments.of(
                        "start at a later activity",
                        "POST",
                        "/process-definition/{definition}/start",
                        Map.of(
                                "startInstructions",
                                List.of(Map.of(
                                        "type", "startBeforeActivity", "activityId", "ServiceTask_CloseAccount")))),
                Arguments.of("start a called process", "POST", "/process-definition/key/data-erasure/start", Map.of()),
                Arguments.of("complete without the form", "POST", "/task/{task}/complete", variable),
                Arguments.of("resolve", "POST", "/task/{task}/resolve", variable),
                Arguments.of("claim for another", "POST", "/task/{task}/claim", Map.of("userId", OTHER)),
                Arguments.of("unclaim", "POST", "/task/{task}/unclaim", Map.of()),
                Arguments.of("assign", "POST", "/task/{task}/assignee", Map.of("userId", OTHER)),
                Arguments.of("delegate", "POST", "/task/{task}/delegate", Map.of("userId", OTHER)),
                Arguments.of("update the task", "PUT", "/task/{task}/", Map.of("assignee", OTHER, "name", "x")),
                Arguments.of("delete the task", "DELETE", "/task/{task}", Map.of()),
                Arguments.of(
                        "raise a BPMN error",
                        "POST",
                        "/task/{task}/bpmnError",
                        Map.of("errorCode", "AlreadyRequested")),
                Arguments.of(
                        "raise an escalation", "POST", "/task/{task}/bpmnEscalation", Map.of("escalationCode", "x")),
                Arguments.of("comment", "POST", "/task/{task}/comment/create", Map.of("message", "x")),
                Arguments.of("attach", "POST", "/task/{task}/attachment/create", Map.of()),
                Arguments.of(
                        "add an identity link",
                        "POST",
                        "/task/{task}/identity-links",
                        Map.of("userId", OTHER, "type", "candidate")),
                Arguments.of("write a task variable", "PUT", "/task/{task}/variables/subject", Map.of("value", OTHER)),
                Arguments.of(
                        "write a local variable", "PUT", "/task/{task}/localVariables/subject", Map.of("value", OTHER)),
                Arguments.of(
                        "write task variables",
                        "POST",
                        "/task/{task}/variables",
                        Map.of("modifications", Map.of("subject", Map.of("value", OTHER)))),
                Arguments.of(
                        "write an execution variable",
                        "PUT",
                        "/execution/{execution}/localVariables/subject",
                        Map.of("value", OTHER)),
                Arguments.of(
                        "write an instance variable",
                        "PUT",
                        "/process-instance/{instance}/variables/subject",
                        Map.of("value", OTHER)),
                Arguments.of("create a task", "POST", "/task/create", Map.of("name", "x", "assignee", HOLDER)),
                Arguments.of("correlate a message", "POST", "/message", Map.of("messageName", "x")),
                Arguments.of("send a signal", "POST", "/signal", Map.of("name", "x")),
                Arguments.of("signal an execution", "POST", "/execution/{execution}/signal", Map.of()),
                Arguments.of(
                        "modify the instance",
                        "POST",
                        "/process-instance/{instance}/modification",
                        Map.of(
                                "instructions",
                                List.of(Map.of(
                                        "type", "startBeforeActivity", "activityId", "ServiceTask_CloseAccount")))),
                Arguments.of("modify asynchronously", "POST", "/modification/executeAsync", Map.of()),
                Arguments.of("migrate", "POST", "/migration/execute", Map.of()),
                Arguments.of("delete the instance", "DELETE", "/process-instance/{instance}", Map.of()),
                Arguments.of("delete another's instance", "DELETE", "/process-instance/{other-instance}", Map.of()),
                Arguments.of("suspend", "PUT", "/process-definition/{definition}/suspended", Map.of("suspended", true)),
                Arguments.of("deploy", "POST", "/deployment/create", Map.of()),
                Arguments.of(
                        "create a filter",
                        "POST",
                        "/filter/create",
                        Map.of("resourceType", "Task", "name", "x", "query", expression)),
                Arguments.of(
                        "change the filter",
                        "PUT",
                        "/filter/{filter}",
                        Map.of("resourceType", "Task", "name", "x", "query", expression)),
                Arguments.of("delete the filter", "DELETE", "/filter/{filter}", Map.of()),
                Arguments.of("query tasks", "POST", "/task", Map.of()),
                Arguments.of("query tasks with an expression", "POST", "/task", expression),
                Arguments.of("query tasks with an expression in a sub-query", "POST", "/task", nested),
                Arguments.of("list with an expression", "POST", "/filter/{filter}/list", expression),
                Arguments.of("list with an expression in a sub-query", "POST", "/filter/{filter}/list", nested),
                Arguments.of(
                        "list with an expression as parameter",
                        "GET",
                        "/task?dueAfterExpression=%24%7Bnow()%7D",
                        Map.of()),
                Arguments.of("run a report", "GET", "/process-instance", Map.of()),
                Arguments.of("read another's task", "GET", "/task/{other-task}", Map.of()),
                Arguments.of("read another's form", "GET", "/task/{other-task}/form-variables", Map.of()),
                Arguments.of(
                        "submit another's form",
                        "POST",
                        "/task/{other-task}/submit-form",
                        Map.of("variables", Map.of("choice", Map.of("value", "WITHDRAW")))),
                Arguments.of("read the own variables", "GET", "/task/{task}/variables", Map.of()),
                Arguments.of("read a variable", "GET", "/task/{task}/variables/subject", Map.of()),
                Arguments.of("read all variables", "GET", "/variable-instance", Map.of()),
                Arguments.of("read the history", "GET", "/history/process-instance", Map.of()),
                Arguments.of("read the history of tasks", "GET", "/history/task", Map.of()),
                Arguments.of("read the user operation log", "GET", "/history/user-operation", Map.of()),
                Arguments.of("read users", "GET", "/user", Map.of()),
                Arguments.of("read another's profile", "GET", "/user/" + OTHER + "/profile", Map.of()),
                Arguments.of("read a staff profile", "GET", "/user/admin/profile", Map.of()),
                Arguments.of("read groups", "GET", "/group", Map.of()),
                Arguments.of("read another's groups", "GET", "/identity/groups?userId=" + OTHER, Map.of()),
                Arguments.of(
                        "try a password", "POST", "/identity/verify", Map.of("username", "admin", "password", "admin")),
                Arguments.of("change the profile", "PUT", "/user/" + HOLDER + "/profile", Map.of("firstName", "x")),
                Arguments.of("change credentials", "PUT", "/user/admin/credentials", Map.of("password", "x")),
                Arguments.of("create a user", "POST", "/user/create", Map.of()),
                Arguments.of("read authorizations", "GET", "/authorization", Map.of()),
                Arguments.of(
                        "grant oneself",
                        "POST",
                        "/authorization/create",
                        Map.of(
                                "type",
                                1,
                                "userId",
                                HOLDER,
                                "resourceType",
                                0,
                                "resourceId",
                                "*",
                                "permissions",
                                List.of("ALL"))),
                Arguments.of("read the diagram", "GET", "/process-definition/{definition}/xml", Map.of()),
                Arguments.of("read a deployment", "GET", "/deployment", Map.of()),
                Arguments.of("read jobs", "GET", "/job", Map.of()),
                Arguments.of("read incidents", "GET", "/incident", Map.of()),
                Arguments.of(
                        "evaluate a decision",
                        "POST",
                        "/decision-definition/key/verification-policy/evaluate",
                        Map.of("variables", Map.of("purpose", Map.of("value", "NEW_PHONE")))),
                Arguments.of("fetch external tasks", "POST", "/external-task/fetchAndLock", Map.of()),
                Arguments.of("read metrics", "GET", "/metrics", Map.of()),
                Arguments.of("read the version", "GET", "/version", Map.of()),
                Arguments.of("another engine", "GET", "/../other/task", Map.of()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("attempts")
    @DisplayName("a holder can do what the forms offer, and nothing else")
    void anAttemptOfAHolderIsRefused(String what, String method, String path, Map<String, Object> body) {
        Snapshot before = Snapshot.of(jdbc);

        Visitor.Answer answer = holder.send(method, ENGINE + filled(path), body);

        assertThat(answer.status()).as(answer.body()).isIn(400, 403, 404, 405);
        assertThat(answer.body()).doesNotContain(OTHER, "ENGINE-", "Exception while", "camunda");
        assertThat(Snapshot.of(jdbc).changedSince(before)).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("attempts")
    @DisplayName("without a session nothing is answered at all")
    void anAttemptOfNobodyIsRefused(String what, String method, String path, Map<String, Object> body) {
        Snapshot before = Snapshot.of(jdbc);

        Visitor.Answer answer = new Visitor(port).send(method, ENGINE + filled(path), body);

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
                        "5 MB", Map.of("variables", Map.of("choice", Map.of("value", "x".repeat(5_000_000)))), 413),
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

    @ParameterizedTest
    @ValueSource(
            strings = {
                "${1+1}",
                "#{now()}",
                "{{subject}}",
                "= 1 + 1",
                "<script>alert(1)</script>",
                "'; drop table account; --",
                "../../etc/passwd"
            })
    @DisplayName("an expression in a field is a text, and never evaluated")
    void anExpressionInAFieldIsNeverEvaluated(String text) {
        for (String field : List.of("choice", "consent", "channel")) {
            Map<String, Object> values = new HashMap<>(Map.of("choice", "CONTINUE", "consent", true, "channel", "SMS"));
            values.put(field, text);
            Snapshot before = Snapshot.of(jdbc);

            Visitor.Answer answer = holder.submit(ids.get("{task}"), values);

            assertThat(answer.status()).isEqualTo(400);
            assertThat(Snapshot.of(jdbc).changedSince(before)).isEmpty();
        }
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
            "forty guesses at a password at once: ten are evaluated, and after a quarter of an hour the right one works")
    void guessesAtAPasswordAreThrottled() throws InterruptedException {
        Race.run(40, () -> new Visitor(port).login("13800138005", "wrong"));

        assertThat(new Visitor(port).login("13800138005", "Demo-10005").location())
                .endsWith("?error");
        assertThat(new Visitor(port).login("13800138004", "Demo-10004").location())
                .doesNotContain("error");

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

        jdbc.sql("update account set status = ? where id = ?")
                .params(status, HOLDER)
                .update();

        assertThat(holder.get(ENGINE + filled("/task/{task}")).status()).isEqualTo(401);
        assertThat(holder.loggedIn()).isFalse();
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
        own.complete("解绑成功", Map.of());
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
