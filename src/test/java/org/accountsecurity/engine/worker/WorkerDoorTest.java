package org.accountsecurity.engine.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.accountsecurity.testing.JourneyTest;
import org.accountsecurity.testing.Snapshot;
import org.accountsecurity.testing.Visitor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Workers come by a role of their own, which opens six requests to them and nothing else. */
class WorkerDoorTest extends JourneyTest {

    private static final List<String> ACTIONS = List.of("complete", "bpmnError", "failure", "extendLock", "unlock");
    private static final List<String> COUNTED = List.of("LOGIN_ATTEMPT", "login_attempt", "ACT_ID_USER", "act_id_user");

    private String task;

    @BeforeEach
    void aTaskThatCouldBeTaken() {
        journey.deployed(RiskCheck.files());
        journey.start(RiskCheck.PROCESS, "acct-10004");
        task = new HttpWorker(port, "worker", "worker", "shop-1").fetchOne();
    }

    @ParameterizedTest
    @CsvSource({
        "admin, admin, 403",
        "owner, owner, 403",
        "support, support, 403",
        "worker, wrong, 401",
        "nobody, nobody, 401",
        "13800138004, Demo-10004, 401",
        "acct-10004, Demo-10004, 401"
    })
    @DisplayName("nobody but a worker does an external task, under whatever name")
    void nobodyButAWorkerDoesAnExternalTask(String user, String password, int status) {
        HttpWorker stranger = new HttpWorker(port, user, password, "shop-1");
        Snapshot before = Snapshot.of(jdbc);

        assertThat(stranger.fetch().status()).isEqualTo(status);
        for (String action : ACTIONS) {
            assertThat(stranger.act(task, action, Map.of("errorCode", "RISK_UNKNOWN"))
                            .status())
                    .isEqualTo(status);
        }

        assertThat(Snapshot.of(jdbc).changedSince(before)).isSubsetOf(COUNTED);
    }

    @ParameterizedTest
    @CsvSource({"admin", "support"})
    @DisplayName("no session does an external task, not even an administrator's that may do all else")
    void noSessionDoesAnExternalTask(String staff) {
        Visitor visitor = new Visitor(port);
        visitor.login(staff, staff);
        String tasks = Visitor.ENGINE + "/external-task/";
        Map<String, Object> fields = Map.of(
                "workerId", "worker/shop-1",
                "errorCode", "RISK_UNKNOWN",
                "retries", 0,
                "retryTimeout", 0,
                "newDuration", 60_000,
                "lockDuration", 60_000,
                "variables", Map.of("subject", Map.of("value", "acct-10001")));
        Snapshot before = Snapshot.of(jdbc);

        Map<String, Object> topic = Map.of("topicName", HttpWorker.TOPIC, "lockDuration", 60_000);
        assertThat(visitor.post(
                                tasks + "fetchAndLock",
                                Map.of("workerId", "x", "maxTasks", 1, "topics", List.of(topic)))
                        .status())
                .isEqualTo(403);
        for (String action : List.of("complete", "bpmnError", "failure", "extendLock", "lock")) {
            assertThat(visitor.post(tasks + task + "/" + action, fields).status())
                    .as(action)
                    .isEqualTo(403);
        }

        assertThat(Snapshot.of(jdbc).changedSince(before)).isEmpty();
    }

    @Test
    @DisplayName("a worker logs in at no page, as little as somebody with a wrong password")
    void aWorkerLogsInAtNoPage() {
        Visitor worker = new Visitor(port);

        assertThat(worker.loginOnly("worker", "worker").location()).endsWith("/login?error");

        assertThat(worker.loggedIn()).isFalse();
        assertThat(worker.get(Visitor.ENGINE + "/task").status()).isEqualTo(401);
    }
}
