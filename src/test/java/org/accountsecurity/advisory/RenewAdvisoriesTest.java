package org.accountsecurity.advisory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The renewal, against a server on this machine that answers as OSV's documentation says. */
class RenewAdvisoriesTest {

    private static final Component TOMCAT = new Component("org.apache.tomcat.embed:tomcat-embed-core", "11.0.27");
    private static final Component SPIN = new Component("org.camunda.spin:camunda-spin-core", "7.24.0");
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-12-24T23:30:00Z"), ZoneOffset.UTC);
    private static final Advisory BY_HAND =
            new Advisory("CVE-2026-77226", "org.example:kept", List.of("1"), "kept", "hand");

    private final Map<String, String> answers = new ConcurrentHashMap<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private HttpServer osv;

    @BeforeEach
    void start() throws IOException {
        osv = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        osv.createContext("/", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            String request = exchange.getRequestMethod() + " " + exchange.getRequestURI() + " " + body;
            asked.add(request);
            byte[] answer = answers.getOrDefault(request.strip(), "").getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answer.length == 0 ? 404 : 200, answer.length == 0 ? -1 : answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        osv.start();
    }

    @AfterEach
    void stop() {
        osv.stop(0);
    }

    @Test
    @DisplayName("each page of each answer is read, and what is withdrawn or about other packages is left out")
    void eachPageIsRead() throws Exception {
        answers.put(
                "POST /v1/querybatch {\"queries\":["
                        + "{\"package\":{\"purl\":\"pkg:maven/org.apache.tomcat.embed/tomcat-embed-core@11.0.27\"}},"
                        + "{\"package\":{\"purl\":\"pkg:maven/org.camunda.spin/camunda-spin-core@7.24.0\"}}]}",
                "{\"results\":[{\"vulns\":[{\"id\":\"GHSA-1\",\"modified\":\"2026-12-01T00:00:00Z\"}],"
                        + "\"next_page_token\":\"more\"},{}]}");
        answers.put(
                "POST /v1/querybatch {\"queries\":["
                        + "{\"package\":{\"purl\":\"pkg:maven/org.apache.tomcat.embed/tomcat-embed-core@11.0.27\"},"
                        + "\"page_token\":\"more\"}]}",
                "{\"results\":[{\"vulns\":[{\"id\":\"GHSA-2\"},{\"id\":\"GHSA-3\"}]}]}");
        answers.put(
                "GET /v1/vulns/GHSA-1",
                "{\"id\":\"GHSA-1\",\"aliases\":[\"BIT-1\",\"CVE-1\"],\"summary\":\"one\",\"affected\":["
                        + "{\"package\":{\"ecosystem\":\"Maven\",\"name\":\"org.apache.tomcat.embed:tomcat-embed-core\"},"
                        + "\"versions\":[\"11.0.27\",\"11.0.26\"]},"
                        + "{\"package\":{\"ecosystem\":\"Maven\",\"name\":\"org.apache.tomcat:tomcat\"},"
                        + "\"versions\":[\"11.0.27\"]}]}");
        answers.put(
                "GET /v1/vulns/GHSA-2",
                "{\"id\":\"GHSA-2\",\"withdrawn\":\"2026-12-02T00:00:00Z\",\"affected\":[{\"package\":{"
                        + "\"ecosystem\":\"Maven\",\"name\":\"org.apache.tomcat.embed:tomcat-embed-core\"}}]}");
        answers.put(
                "GET /v1/vulns/GHSA-3",
                "{\"id\":\"GHSA-3\",\"summary\":\"three\",\"affected\":[{\"package\":{\"ecosystem\":\"Maven\","
                        + "\"name\":\"org.apache.tomcat.embed:tomcat-embed-core\"},\"ranges\":[{\"type\":\"ECOSYSTEM\","
                        + "\"events\":[{\"introduced\":\"0\"}]}]}]}");

        KnownAdvisories renewed = renewal().renew(known(BY_HAND), List.of(TOMCAT, SPIN));

        assertThat(renewed.date()).isEqualTo("2026-12-24");
        assertThat(renewed.advisories())
                .containsExactly(
                        new Advisory("CVE-1", TOMCAT.packageName(), List.of("11.0.26", "11.0.27"), "one", "osv"),
                        BY_HAND,
                        new Advisory("GHSA-3", TOMCAT.packageName(), List.of("11.0.27"), "three", "osv"));
        assertThat(renewed.advisories())
                .filteredOn(advisory -> advisory.affects(TOMCAT))
                .hasSize(2);
        assertThat(asked).hasSize(5);
    }

    @Test
    @DisplayName(
            "what OSV no longer knows goes, what was written by hand stays, and the list is the same when read again")
    void whatWasWrittenByHandStays(@TempDir Path folder) throws Exception {
        answers.put(
                "POST /v1/querybatch {\"queries\":["
                        + "{\"package\":{\"purl\":\"pkg:maven/org.camunda.spin/camunda-spin-core@7.24.0\"}}]}",
                "{\"results\":[{}]}");
        Advisory gone = new Advisory("CVE-0", SPIN.packageName(), List.of("7.24.0"), "gone", "osv");

        KnownAdvisories renewed = renewal().renew(known(gone, BY_HAND), List.of(SPIN));
        renewed.write(folder.resolve("known.json"));

        assertThat(renewed.advisories()).containsExactly(BY_HAND);
        assertThat(KnownAdvisories.read(folder.resolve("known.json"))).isEqualTo(renewed);
    }

    @Test
    @DisplayName("an answer that is none ends the renewal, and the list stays as it is")
    void anAnswerThatIsNoneEndsTheRenewal() {
        assertThatThrownBy(() -> renewal().renew(known(BY_HAND), List.of(SPIN)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("404");
    }

    private RenewAdvisories renewal() {
        return new RenewAdvisories(
                URI.create("http://127.0.0.1:" + osv.getAddress().getPort()), CLOCK);
    }

    private static KnownAdvisories known(Advisory... advisories) {
        return new KnownAdvisories("2026-11-30", List.of(advisories));
    }
}
