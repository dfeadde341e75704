package org.accountsecurity.engine.worker;

import static org.accountsecurity.testing.PathAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.accountsecurity.engine.identity.Groups;
import org.accountsecurity.testing.JourneyTest;
import org.accountsecurity.testing.Race;
import org.accountsecurity.testing.Snapshot;
import org.accountsecurity.testing.TestClock;
import org.accountsecurity.testing.Visitor;
import org.camunda.bpm.engine.ExternalTaskService;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.identity.User;
import org.camunda.bpm.engine.rest.exception.InvalidRequestException;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;

/** A phone change waits for the risk check of a worker, which is a program beside the application. */
class ExternalTaskTest extends JourneyTest {

    private static final String HOLDER = "acct-10004";
    private static final String PHONE = "13800138004";
    private static final String READ_NOTICE = "UserTask_ReadUnbindingNotice";
    private static final String RESTRICTED = "EndEvent_AccountRestricted";
    private static final Duration LOCK = Duration.ofMinutes(1);
    /** Where attempts to log in are counted, by us and by the engine. */
    private static final List<String> COUNTED = List.of("LOGIN_ATTEMPT", "login_attempt", "ACT_ID_USER", "act_id_user");

    @Autowired
    RuntimeService runtime;

    @Autowired
    IdentityService identity;

    @Autowired
    ExternalTaskService externalTasks;

    private HttpWorker worker;
    private ProcessInstance request;

    @BeforeEach
    void aRequestThatWaitsForAWorker() {
        worker = worker("worker", "shop-1");
        journey.deployed(RiskCheck.files());
        request = journey.start(RiskCheck.PROCESS, HOLDER);
    }

    @Test
    @DisplayName("a worker is given the request and the declared variables, and its answer lets the request go on")
    void theAnswerLetsTheRequestGoOn() {
        JsonNode fetched = worker.fetch().json();
        assertThat(fetched).hasSize(1);
        JsonNode task = fetched.get(0);
        assertThat(task.path("businessKey").asText()).isEqualTo(request.getBusinessKey());
        assertThat(task.path("workerId").asText()).isEqualTo("shop-1");
        assertThat(task.path("lockExpirationTime").asText()).startsWith("2026-11-23T");
        assertThat(task.path("variables").toString())
                .isEqualTo("{\"holderVerificationRequired\":{\"type\":\"Boolean\",\"value\":true,\"valueInfo\":{}}}");
        assertThat(fetched.toString()).doesNotContain(HOLDER, PHONE);

        assertThat(worker.complete(task.path("id").asText(), "LOW").status()).isEqualTo(204);

        assertThat(journey.waitsAt(request, READ_NOTICE)).isTrue();
        assertThat(request)
                .hasPassedInOrder("ServiceTask_OpenPhoneChange", RiskCheck.ASSESS_RISK, "Gateway_RiskHigh")
                .hasNotPassed(RiskCheck.RISK_LATE);
        assertThat(journey.jobs(request, RiskCheck.RISK_LATE)).isEmpty();
        assertThat(worker.fetch().json()).isEmpty();
        Visitor support = new Visitor(port);
        support.login("support", "support");
        assertThat(support.get("/trail?request=" + request.getBusinessKey()).body())
                .contains("评估风险");
    }

    @Test
    @DisplayName("another answer takes another way")
    void anotherAnswerTakesAnotherWay() {
        assertThat(worker.complete(worker.fetchOne(), "HIGH").status()).isEqualTo(204);

        assertThat(request).isEnded().hasPassed(RESTRICTED).hasNotPassed(READ_NOTICE);
    }

    @Test
    @DisplayName("the holder reads that the request is being worked on, and at what")
    void theHolderReadsWhatIsBeingDone() {
        Visitor holder = new Visitor(port);
        holder.login(PHONE, "Demo-10004");

        JsonNode open = holder.get("/own-requests").json().path("open").get(0);

        assertThat(open.path("task").isNull()).isTrue();
        assertThat(open.path("step").asInt()).isOne();
        assertThat(open.path("doing").asText()).isEqualTo("评估风险");
        assertThat(open.path("takes").asText()).isEqualTo("约 1 分钟，不需要您操作");
    }

    @Test
    @DisplayName("a task that no worker does in time takes the way of its timer, and the late worker is told")
    void aTaskThatNoWorkerDoesInTime() {
        assertThat(journey.job(request, RiskCheck.RISK_LATE).getDuedate())
                .isEqualTo(TestClock.START.plus(Duration.ofMinutes(10)));
        String task = worker.fetchOne();
        clock.forward(Duration.ofMinutes(10));

        journey.execute(journey.job(request, RiskCheck.RISK_LATE));

        assertThat(journey.waitsAt(request, READ_NOTICE)).isTrue();
        assertThat(request).hasPassed(RiskCheck.RISK_LATE).hasNotPassed("Gateway_RiskHigh");
        HttpWorker.Answer late = worker.complete(task, "HIGH");
        assertThat(late.status()).isEqualTo(404);
        assertThat(late.message()).startsWith("Fetch tasks anew");
        assertThat(journey.waitsAt(request, READ_NOTICE)).isTrue();
    }

    @Test
    @DisplayName("a failed task is offered again after its pause, and becomes an incident when no retries are left")
    void aFailedTaskIsOfferedAgain() {
        assertThat(worker.failure(worker.fetchOne(), 1, 30_000).status()).isEqualTo(204);
        assertThat(worker.fetch().json()).isEmpty();
        clock.forward(Duration.ofSeconds(31));
        JsonNode again = worker.fetch().json().get(0);
        assertThat(again.path("retries").asInt()).isOne();
        assertThat(journey.incidents(request)).isZero();

        assertThat(worker.failure(again.path("id").asText(), 0, 0).status()).isEqualTo(204);

        assertThat(journey.incidents(request)).isOne();
        assertThat(runtime.createIncidentQuery().singleResult().getIncidentMessage())
                .isEqualTo("The worker has reported a failure; its own log says which.");
        assertThat(worker.fetch().json()).isEmpty();
        assertThat(Snapshot.of(jdbc).toString()).doesNotContain("no answer for", "at acct-10004");
        assertThat(rows.number("select count(*) from ACT_RU_EXT_TASK where ERROR_DETAILS_ID_ is not null"))
                .isZero();
        journey.execute(journey.job(request, RiskCheck.RISK_LATE));
        assertThat(journey.waitsAt(request, READ_NOTICE)).isTrue();
        assertThat(journey.noJobFailed()).isTrue();
    }

    @Test
    @DisplayName("an error of the topic takes the way of its boundary event, and nothing of its message is kept")
    void anErrorTakesTheWayOfItsBoundaryEvent() {
        assertThat(worker.bpmnError(worker.fetchOne(), "RISK_UNKNOWN").status()).isEqualTo(204);

        assertThat(request)
                .isEnded()
                .hasPassed("BoundaryEvent_RiskUnknown", RESTRICTED)
                .hasNotPassed(READ_NOTICE, "Gateway_RiskHigh");
    }

    @Test
    @DisplayName("a worker may ask for more time, and give a task back")
    void aWorkerMayAskForMoreTimeAndGiveATaskBack() {
        HttpWorker other = worker("worker", "shop-2");
        String task = worker.fetchOne();
        assertThat(worker.act(task, "extendLock", Map.of("newDuration", 300_000))
                        .status())
                .isEqualTo(204);
        clock.forward(LOCK.plusSeconds(1));
        assertThat(other.fetch().json()).isEmpty();

        assertThat(worker.act(task, "unlock", Map.of()).status()).isEqualTo(204);

        assertThat(other.fetchOne()).isEqualTo(task);
        assertThat(worker.complete(task, "LOW").status()).isEqualTo(404);
        assertThat(other.complete(task, "LOW").status()).isEqualTo(204);
    }

    @Test
    @DisplayName("a lock that has run out can't be extended, and its task is another worker's once that has fetched it")
    void aLockThatHasRunOut() {
        HttpWorker other = worker("worker", "shop-2");
        String task = worker.fetchOne();
        clock.forward(LOCK.plusSeconds(1));

        assertThat(worker.act(task, "extendLock", Map.of("newDuration", 300_000))
                        .status())
                .isEqualTo(404);
        assertThat(other.fetchOne()).isEqualTo(task);
        assertNothingChanges(404, () -> worker.complete(task, "LOW"));
    }

    @ParameterizedTest
    @CsvSource({"worker, shop-2", "helper, shop-1"})
    @DisplayName(
            "what one worker has locked, no other touches: not of the same user, nor of another under the same name")
    void whatOneWorkerHasLockedNoOtherTouches(String user, String id) {
        ensureHelper();
        String task = worker.fetchOne();
        HttpWorker other = worker(user, id);

        for (HttpWorker.Answer answer : List.of(
                other.complete(task, "LOW"),
                other.bpmnError(task, "RISK_UNKNOWN"),
                other.failure(task, 0, 0),
                other.act(task, "extendLock", Map.of("newDuration", 60_000)))) {
            assertThat(answer.status()).isEqualTo(404);
            assertThat(answer.body()).doesNotContain("shop-1", "worker/");
        }
        assertThat(other.fetch().json()).isEmpty();
        if (user.equals("helper")) {
            assertThat(other.act(task, "unlock", Map.of()).status()).isEqualTo(404);
        }
        assertThat(worker.complete(task, "LOW").status()).isEqualTo(204);
    }

    @RepeatedTest(10)
    @DisplayName("of workers that fetch at the same moment one has the task, and of its answers one is taken")
    void ofWorkersThatFetchAtTheSameMomentOneHasTheTask() throws Exception {
        Queue<HttpWorker> owners = new ConcurrentLinkedQueue<>();
        Queue<String> locked = new ConcurrentLinkedQueue<>();
        Queue<Integer> statuses = new ConcurrentLinkedQueue<>();

        Race.run(IntStream.range(0, 6)
                .mapToObj(number -> worker("worker", "shop-" + number))
                .map(each -> (Callable<?>) () -> {
                    HttpWorker.Answer answer = each.fetch();
                    statuses.add(answer.status());
                    answer.json().forEach(task -> {
                        owners.add(each);
                        locked.add(task.path("id").asText());
                    });
                    return null;
                })
                .toList());

        assertThat(statuses).hasSize(6).containsOnly(200);
        assertThat(locked).hasSize(1);
        statuses.clear();
        Race.run(
                4,
                () -> statuses.add(owners.peek().complete(locked.peek(), "LOW").status()));
        assertThat(statuses).hasSize(4).containsOnlyOnce(204).isSubsetOf(204, 404, 409);
        assertThat(journey.waitsAt(request, READ_NOTICE)).isTrue();
        assertThat(journey.tasks(request)).hasSize(1);
    }

    @RepeatedTest(10)
    @DisplayName("where time is up while workers answer, one of them is first, and the others are told so")
    void whereTimeIsUpWhileWorkersAnswer() throws Exception {
        String task = worker.fetchOne();
        Job late = journey.job(request, RiskCheck.RISK_LATE);
        Queue<Integer> statuses = new ConcurrentLinkedQueue<>();

        List<Throwable> thrown = Race.run(List.<Callable<?>>of(
                () -> journey.execute(late),
                () -> statuses.add(worker.complete(task, "LOW").status()),
                () -> statuses.add(worker.bpmnError(task, "RISK_UNKNOWN").status()),
                () -> statuses.add(worker.failure(task, 1, 0).status())));

        assertThat(statuses).hasSize(3).isSubsetOf(204, 404, 409);
        assertThat(thrown.get(0)).matches(Race::lost);
        assertThat(journey.tasks(request)).hasSizeLessThanOrEqualTo(1);
    }

    @Test
    @DisplayName("where what follows the task fails, the answer is not taken, and can be sent again")
    void whereWhatFollowsFailsTheAnswerIsNotTaken() {
        String task = worker.fetchOne();
        journey.refuseRows("ACT_RU_TASK", "outage", "ID_ = ''");
        HttpWorker.Answer failed;
        try {
            failed = worker.complete(task, "LOW");
        } finally {
            rows.update("alter table ACT_RU_TASK drop constraint outage");
        }

        assertThat(failed.status()).isEqualTo(500);
        assertThat(failed.body()).doesNotContain(HOLDER, PHONE);
        assertThat(worker.complete(task, "LOW").status()).isEqualTo(204);
        assertThat(journey.waitsAt(request, READ_NOTICE)).isTrue();
    }

    @Test
    @DisplayName("a task whose topic is declared no more is done by nobody, and its timer still goes on")
    void aTaskWhoseTopicIsDeclaredNoMore() {
        String task = worker.fetchOne();
        ExternalTasks withoutTopics = new ExternalTasks(new WorkerTopics(Map.of()), externalTasks, identity);
        WorkerRequest answer = read("{\"workerId\": \"shop-1\", \"retries\": 1, \"retryTimeout\": 0}");

        assertThatThrownBy(() -> withoutTopics.handleFailure(task, new Worker("worker", "shop-1"), answer))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageStartingWith("Use a topic that is declared");
        journey.execute(journey.job(request, RiskCheck.RISK_LATE));
        assertThat(journey.waitsAt(request, READ_NOTICE)).isTrue();
    }

    static Stream<Arguments> answers() {
        Map<String, Object> known = HttpWorker.value(true, "Boolean");
        return Stream.of(
                answer("nothing at all", Map.of()),
                answer("one variable only", Map.of("workerKnown", known)),
                answer("free text", both(HttpWorker.value("很高", "String"), known)),
                answer("a constant in small letters", both(HttpWorker.value("high", "String"), known)),
                answer(
                        "a flag as a text",
                        both(HttpWorker.value("HIGH", "String"), HttpWorker.value("true", "String"))),
                answer("a number", both(HttpWorker.value(1, "Integer"), known)),
                answer("a null", both(Collections.singletonMap("value", null), known)),
                answer("a list", both(HttpWorker.value(List.of("HIGH"), "Object"), known)),
                answer("an object", both(HttpWorker.value(Map.of("HIGH", "HIGH"), "Json"), known)),
                answer("an expression", both(HttpWorker.value("${execution}", "String"), known)),
                answer("a variable of the process", with("subject", HttpWorker.value("acct-10001", "String"))),
                answer("a bean", with("rebindPhoneDelegate", HttpWorker.value(true, "Boolean"))),
                answer("a variable of no topic", with("workerOther", HttpWorker.value("LOW", "String"))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("answers")
    @DisplayName("an answer with anything but the declared variables and values is refused, and changes nothing")
    void anyOtherAnswerIsRefused(String name, Map<String, ?> variables) {
        String task = worker.fetchOne();

        assertNothingChanges(400, () -> worker.complete(task, variables));
    }

    static Stream<Arguments> requests() {
        String known = "\"variables\": {\"workerRisk\": {\"value\": \"LOW\"}, \"workerKnown\": {\"value\": true}}";
        String worker = "\"workerId\": \"shop-1\"";
        return Stream.of(
                Arguments.of(
                        "complete", "{" + worker + ", " + known + ", \"localVariables\": {\"a\": {\"value\": 1}}}"),
                Arguments.of("complete", "{" + worker + ", " + known + ", " + known + "}"),
                Arguments.of("complete", "{" + worker + ", " + known + "} {}"),
                Arguments.of("complete", "[{" + worker + ", " + known + "}]"),
                Arguments.of("complete", "{" + known + "}"),
                Arguments.of("complete", "{\"workerId\": [\"shop-1\"], " + known + "}"),
                Arguments.of("complete", ""),
                Arguments.of("complete", "["),
                Arguments.of("bpmnError", "{" + worker + ", \"errorCode\": \"NOT_DECLARED\"}"),
                Arguments.of("bpmnError", "{" + worker + ", \"errorCode\": null}"),
                Arguments.of(
                        "bpmnError",
                        "{" + worker
                                + ", \"errorCode\": \"RISK_UNKNOWN\", \"variables\": {\"subject\": {\"value\": 1}}}"),
                Arguments.of("failure", "{" + worker + ", \"retries\": -1, \"retryTimeout\": 0}"),
                Arguments.of("failure", "{" + worker + ", \"retries\": 21, \"retryTimeout\": 0}"),
                Arguments.of("failure", "{" + worker + ", \"retries\": 1.5, \"retryTimeout\": 0}"),
                Arguments.of("failure", "{" + worker + ", \"retries\": 1, \"retryTimeout\": 86400001}"),
                Arguments.of("failure", "{" + worker + ", \"retries\": 1, \"retryTimeout\": -9223372036854775808}"),
                Arguments.of(
                        "failure",
                        "{" + worker
                                + ", \"retries\": 1, \"retryTimeout\": 0, \"variables\": {\"subject\": {\"value\": 1}}}"),
                Arguments.of("extendLock", "{" + worker + ", \"newDuration\": 3600001}"),
                Arguments.of("extendLock", "{" + worker + ", \"newDuration\": 0}"));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("requests")
    @DisplayName("a request that is not what the clients send is refused with a sentence, and changes nothing")
    void anyOtherRequestIsRefused(String action, String body) {
        String task = worker.fetchOne();
        String path = "/external-task/" + task + "/" + action;

        assertNothingChanges(400, () -> worker.post(path, body));
    }

    @Test
    @DisplayName("a body that is too large is not read to its end")
    void aBodyThatIsTooLarge() {
        String task = worker.fetchOne();
        String body = "{\"workerId\": \"shop-1\", \"x\": \"" + "x".repeat(1_000_000) + "\"}";

        assertNothingChanges(413, () -> worker.post("/external-task/" + task + "/complete", body));
    }

    static Stream<Arguments> fetches() {
        return Stream.of(
                fetch("another topic", Map.of("topicName", "other")),
                fetch("a topic by an expression", Map.of("topicName", "${topic}")),
                fetch("no topic", Collections.singletonMap("topicName", null)),
                fetch("a variable that is not declared", Map.of("variables", List.of("subject"))),
                fetch(
                        "a declared one and another",
                        Map.of("variables", List.of("holderVerificationRequired", "subject"))),
                fetch("a guess at a value", Map.of("processVariables", Map.of("subject", HOLDER))),
                fetch("one request", Map.of("businessKey", "1")),
                fetch("local variables", Map.of("localVariables", true)),
                fetch("objects", Map.of("deserializeValues", true)),
                fetch("extension properties", Map.of("includeExtensionProperties", true)),
                fetch("a lock for ever", Map.of("lockDuration", Long.MAX_VALUE)),
                fetch("a lock for hours", Map.of("lockDuration", 3_600_001)),
                fetch("no lock", Map.of("lockDuration", 0)),
                fetch("a lock in words", Map.of("lockDuration", "60000")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("fetches")
    @DisplayName("a worker fetches by topic alone, for a while, and asks for nothing that is not declared")
    void aWorkerFetchesByTopicAlone(String name, Map<String, Object> otherwise) {
        assertNothingChanges(400, () -> worker.fetch(otherwise));
    }

    @Test
    @DisplayName("a worker fetches a bounded number of tasks, of each topic once")
    void aWorkerFetchesABoundedNumber() {
        Map<String, Object> topic = Map.of("topicName", HttpWorker.TOPIC, "lockDuration", 60_000);

        for (Object most : List.of(0, 51, -1, "all")) {
            assertThat(worker.fetchTopics(List.of(topic), most).status()).isEqualTo(400);
        }
        assertThat(worker.fetchTopics(List.of(), 1).status()).isEqualTo(400);
        assertThat(worker.fetchTopics(List.of(topic, topic), 1).status()).isEqualTo(400);
        assertThat(worker.fetchTopics(List.of("x"), 1).status()).isEqualTo(400);
        Map<String, Object> other = Map.of("topicName", "account-check", "lockDuration", 60_000);
        assertThat(worker.fetchTopics(List.of(topic, other), 50).json()).hasSize(1);
    }

    @Test
    @DisplayName("a topic that declares the account is given it, and one that writes nothing is answered with nothing")
    void aTopicThatDeclaresTheAccountIsGivenIt() {
        Map<String, String> files = RiskCheck.files();
        RiskCheck.edit(files, "camunda:topic=\"risk-check\"", "camunda:topic=\"account-check\"");
        RiskCheck.edit(files, "${workerRisk == 'HIGH'}", "${holderVerificationRequired}");
        journey.deployed(files);
        journey.start(RiskCheck.PROCESS, "acct-10001");

        JsonNode task = worker.fetchTopics(List.of(Map.of("topicName", "account-check", "lockDuration", 60_000)), 1)
                .json()
                .get(0);

        assertThat(task.at("/variables/subject/value").asText()).isEqualTo("acct-10001");
        assertThat(task.path("variables").size()).isOne();
        assertThat(worker.complete(task.path("id").asText(), Map.of()).status()).isEqualTo(204);
    }

    private void assertNothingChanges(int status, Supplier<HttpWorker.Answer> sent) {
        Snapshot before = Snapshot.of(jdbc);

        HttpWorker.Answer answer = sent.get();

        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.message())
                .matches("(Set|Send|Leave out|Ask|Use|Fetch) .*\\.")
                .doesNotContain("null");
        assertThat(Snapshot.of(jdbc).changedSince(before)).isSubsetOf(COUNTED);
    }

    private static Map<String, Object> both(Map<String, Object> risk, Map<String, Object> known) {
        return Map.of("workerRisk", risk, "workerKnown", known);
    }

    private static Map<String, Object> with(String name, Map<String, Object> value) {
        Map<String, Object> variables =
                new HashMap<>(both(HttpWorker.value("LOW", "String"), HttpWorker.value(true, "Boolean")));
        variables.put(name, value);
        return variables;
    }

    private static Arguments answer(String name, Map<String, ?> variables) {
        return Arguments.of(name, variables);
    }

    private static Arguments fetch(String name, Map<String, Object> otherwise) {
        return Arguments.of(name, otherwise);
    }

    private static WorkerRequest read(String body) {
        return WorkerRequest.read(new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)));
    }

    private HttpWorker worker(String user, String id) {
        return new HttpWorker(port, user, user, id);
    }

    /** A second user in the group; it stays, as nobody else looks for it. */
    private void ensureHelper() {
        if (identity.createUserQuery().userId("helper").count() == 0) {
            User user = identity.newUser("helper");
            user.setPassword("helper");
            identity.saveUser(user);
            identity.createMembership("helper", Groups.WORKER);
        }
    }
}
