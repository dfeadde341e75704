package org.accountsecurity.attack;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.accountsecurity.testing.JourneyTest;
import org.accountsecurity.testing.Modeler;
import org.accountsecurity.testing.Snapshot;
import org.accountsecurity.testing.Visitor;
import org.camunda.bpm.engine.rest.impl.DefaultProcessEngineRestServiceImpl;
import org.camunda.bpm.engine.rest.impl.NamedProcessEngineRestServiceImpl;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The endpoint for Modeler, asked for all that the engine's REST interface declares: three requests are answered. */
class EngineRestTest extends JourneyTest {

    private static final String REST = "/engine-rest";
    private static final Set<Endpoint> OPEN = Set.of(
            new Endpoint("GET", REST + "/version"),
            new Endpoint("GET", REST + "/deployment"),
            new Endpoint("POST", REST + "/deployment/create"));
    /** Where attempts to log in are counted, by us and by the engine. */
    private static final List<String> COUNTED = List.of("LOGIN_ATTEMPT", "ACT_ID_USER");
    /** Fewer than the throttle allows a network in a quarter of an hour. */
    private static final int AT_ONCE = 90;

    private Set<Endpoint> endpoints;

    @BeforeEach
    void aRequestThatCouldBeHarmed() {
        journey.start("account-deregistration", "acct-10001");
        endpoints = new TreeSet<>(Endpoint.of(DefaultProcessEngineRestServiceImpl.class, REST));
        endpoints.addAll(Endpoint.of(NamedProcessEngineRestServiceImpl.class, REST));
        assertThat(endpoints).hasSizeGreaterThan(500);
    }

    @Test
    @DisplayName("to a process owner everything is closed but what Modeler asks for")
    void toAnOwnerEverythingElseIsClosed() {
        endpoints.removeAll(OPEN);
        Snapshot before = Snapshot.of(jdbc);

        assertThat(statuses(Modeler.of(port, "owner", "owner"))).containsExactly(403);

        assertThat(Snapshot.of(jdbc).changedSince(before)).isSubsetOf(COUNTED);
    }

    @Test
    @DisplayName("to a worker everything is closed but what it needs for external tasks")
    void toAWorkerEverythingElseIsClosed() {
        endpoints.removeIf(endpoint -> endpoint.path()
                .matches(REST + "/external-task/(fetchAndLock|[^/]+/(complete|failure|bpmnError|extendLock|unlock))"));
        Snapshot before = Snapshot.of(jdbc);

        assertThat(statuses(Modeler.of(port, "worker", "worker"))).containsExactly(403);

        assertThat(Snapshot.of(jdbc).changedSince(before)).isSubsetOf(COUNTED);
    }

    static Stream<Arguments> strangers() {
        return Stream.of(
                Arguments.of("support", "support", 403),
                Arguments.of("admin", "admin", 403),
                Arguments.of("worker", "worker", 403),
                Arguments.of("owner", "wrong", 401),
                Arguments.of("13800138001", "Demo-10001", 401),
                Arguments.of("acct-10001", "Demo-10001", 401));
    }

    @ParameterizedTest
    @MethodSource("strangers")
    @DisplayName("to everybody else what Modeler asks for is closed, too")
    void toEverybodyElseItIsClosed(String user, String password, int status) {
        endpoints = OPEN;
        Snapshot before = Snapshot.of(jdbc);

        assertThat(statuses(Modeler.of(port, user, password))).containsExactly(status);

        assertThat(Snapshot.of(jdbc).changedSince(before)).isSubsetOf(COUNTED);
    }

    @Test
    @DisplayName("without a password nothing is answered at all")
    void withoutAPasswordNothingIsAnswered() {
        Snapshot before = Snapshot.of(jdbc);

        assertThat(statuses(Modeler.withoutPassword(port))).containsExactly(401);

        assertThat(Snapshot.of(jdbc).changedSince(before)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"owner", "13800138001"})
    @DisplayName("a session opens nothing, whoever's it is")
    void aSessionOpensNothing(String user) {
        Visitor visitor = new Visitor(port);
        visitor.login(user, user.equals("owner") ? "owner" : "Demo-10001");
        Snapshot before = Snapshot.of(jdbc);

        for (Endpoint endpoint : OPEN) {
            assertThat(visitor.send(endpoint.method(), endpoint.path(), Map.of())
                            .status())
                    .isEqualTo(401);
        }
        assertThat(Snapshot.of(jdbc).changedSince(before)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/engine-rest;/version",
                "/engine-rest/version;a=b",
                "/engine-rest//version",
                "/engine-rest/./version",
                "/engine-rest/x/../version",
                "/engine-rest/deployment%2fcreate",
                "/engine-rest/%76ersion",
                "/engine%2drest/version"
            })
    @DisplayName("raw paths with tricks are bad requests")
    void rawPathsAreBadRequests(String path) {
        assertThat(RawRequest.status(port, "GET", path, "")).isEqualTo(400);
    }

    private Set<Integer> statuses(Modeler modeler) {
        Set<Integer> statuses = new TreeSet<>();
        int asked = 0;
        for (Endpoint endpoint : endpoints) {
            if (++asked % AT_ONCE == 0) {
                clock.forward(Duration.ofMinutes(15));
            }
            statuses.add(modeler.send(endpoint.method(), endpoint.path().substring(REST.length()))
                    .status());
        }
        return statuses;
    }
}
