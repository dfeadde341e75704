package org.accountsecurity.watching;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.accountsecurity.testing.ApplicationTest;
import org.accountsecurity.testing.Visitor;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.actuate.endpoint.web.PathMappedEndpoints;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Who may read what operators see, on the port that customers use. */
@ApplicationTest
class EndpointsTest {

    /** All that Spring Boot has, exposed or not. */
    private static final List<String> ENDPOINTS = List.of(
            "auditevents",
            "beans",
            "caches",
            "conditions",
            "configprops",
            "env",
            "flyway",
            "heapdump",
            "health",
            "httpexchanges",
            "info",
            "logfile",
            "loggers",
            "mappings",
            "metrics",
            "prometheus",
            "quartz",
            "scheduledtasks",
            "sessions",
            "shutdown",
            "startup",
            "threaddump");

    @LocalServerPort
    int port;

    @Autowired
    PathMappedEndpoints endpoints;

    @Test
    @DisplayName("no endpoint is exposed but the health and the metrics")
    void noEndpointIsExposedButTheHealthAndTheMetrics() {
        assertThat(endpoints.getAllPaths()).containsExactlyInAnyOrder("/actuator/health", "/actuator/prometheus");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/livez", "/readyz", "/actuator/health/liveness", "/actuator/health/readiness"})
    @DisplayName("a probe says to anybody whether and not why, and begins no session")
    void aProbeSaysWhetherAndNotWhy(String probe) {
        Visitor.Answer answer = new Visitor(port).get(probe);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("{\"status\":\"UP\"}");
        assertThat(answer.headers().allValues("Set-Cookie")).isEmpty();
        assertThat(answer.header("Cache-Control")).contains("no-store");
    }

    @ParameterizedTest
    @CsvSource({"13800138001, Demo-10001", "owner, owner", "support, support"})
    @DisplayName("nobody but an administrator reads anything else, and a probe says no more to others")
    void nobodyButAnAdministratorReadsAnythingElse(String user, String password) {
        Visitor nobody = new Visitor(port);
        Visitor visitor = new Visitor(port);
        visitor.login(user, password);

        for (String endpoint : ENDPOINTS) {
            for (String path : List.of("/actuator/" + endpoint, "/actuator/" + endpoint + "/db")) {
                assertThat(nobody.get(path).location()).as(path).endsWith("/login");
                assertThat(visitor.get(path).status()).as(path).isEqualTo(403);
                assertThat(visitor.post(path, List.of()).status()).as(path).isEqualTo(403);
            }
        }
        assertThat(visitor.get("/readyz").body()).isEqualTo("{\"status\":\"UP\"}");
    }

    @Test
    @DisplayName("an administrator reads the health with its reasons and the metrics, and nothing beyond")
    void anAdministratorReadsTheHealthAndTheMetrics() {
        Visitor admin = new Visitor(port);
        admin.login("admin", "admin");

        assertThat(components(admin, "/actuator/health"))
                .contains("db", "engine", "gateways", "jobExecutor")
                .doesNotContain("mail", "diskSpace");
        assertThat(components(admin, "/readyz"))
                .containsExactlyInAnyOrder("readinessState", "db", "engine", "jobExecutor", "gateways");
        assertThat(admin.get("/livez").body()).isEqualTo("{\"status\":\"UP\"}");
        assertThat(admin.get("/actuator/prometheus").body()).contains("account_security_incidents 0.0");
        assertThat(ENDPOINTS)
                .filteredOn(endpoint -> !List.of("health", "prometheus").contains(endpoint))
                .allSatisfy(endpoint -> assertThat(
                                admin.get("/actuator/" + endpoint).status())
                        .as(endpoint)
                        .isEqualTo(403));
    }

    private static List<String> components(Visitor visitor, String path) {
        List<String> names = new ArrayList<>();
        visitor.get(path).json().path("components").fieldNames().forEachRemaining(names::add);
        return names;
    }
}
