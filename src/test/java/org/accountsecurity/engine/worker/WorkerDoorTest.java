package org.accountsecurity.engine.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.accountsecurity.ApplicationTest;
import org.accountsecurity.Journey;
import org.accountsecurity.Snapshot;
import org.accountsecurity.Visitor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Workers come by a role of their own, which opens six requests to them and nothing else. */
@ApplicationTest
class WorkerDoorTest {

    private static final List<String> ACTIONS = List.of("complete", "bpmnError", "failure", "extendLock", "unlock");
    private static final List<String> COUNTED = List.of("LOGIN_ATTEMPT", "login_attempt", "ACT_ID_USER", "act_id_user");

    @LocalServerPort
    int port;

    @Autowired
    Journey journey;

    @Autowired
    JdbcClient jdbc;

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

    @Test
    @DisplayName("to a worker the rest of the engine is closed")
    void toAWorkerTheRestIsClosed() {
        HttpWorker worker = new HttpWorker(port, "worker", "worker", "shop-1");

        Stream.of(
                        "/version",
                        "/deployment",
                        "/external-task",
                        "/external-task/" + task,
                        "/external-task/" + task + "/errorDetails",
                        "/external-task/topic-names",
                        "/process-instance",
                        "/variable-instance",
                        "/user")
                .forEach(path -> assertThat(worker.get(path).status()).as(path).isEqualTo(403));
        Stream.of(
                        "/deployment/create",
                        "/external-task",
                        "/external-task/count",
                        "/external-task/retries",
                        "/external-task/" + task + "/lock",
                        "/external-task/" + task + "/retries",
                        "/external-task/" + task + "/priority",
                        "/external-task/" + task + "/complete/x",
                        "/process-definition/key/phone-unbinding/start",
                        "/message")
                .forEach(path -> assertThat(worker.post(path, Map.of()).status())
                        .as(path)
                        .isEqualTo(403));
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
