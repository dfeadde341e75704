package org.accountsecurity.advisory;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Asks OSV what is known of the libraries that are delivered, and writes the list of advisories anew. It is started by
 * hand, where there is a network; docs/security.md says how.
 */
public final class RenewAdvisories {

    private static final URI OSV = URI.create("https://api.osv.dev");
    /** Queries that OSV takes at once. */
    private static final int BATCH = 1000;

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    private final URI osv;
    private final Clock clock;

    RenewAdvisories(URI osv, Clock clock) {
        this.osv = osv;
        this.clock = clock;
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        new RenewAdvisories(OSV, Clock.systemUTC())
                .renew(KnownAdvisories.read(KnownAdvisories.LIST), Component.delivered())
                .write(KnownAdvisories.LIST);
    }

    /** What was written by hand stays, unless OSV knows it too. */
    KnownAdvisories renew(KnownAdvisories known, List<Component> delivered) throws IOException, InterruptedException {
        List<Advisory> found = new ArrayList<>();
        for (String id : ids(delivered)) {
            found.addAll(advisories(get("/v1/vulns/" + URLEncoder.encode(id, StandardCharsets.UTF_8)), delivered));
        }
        Stream<Advisory> byHand = known.advisories().stream()
                .filter(advisory -> !advisory.source().equals(Advisory.OSV))
                .filter(advisory -> found.stream().noneMatch(advisory::isSameAs));
        return new KnownAdvisories(
                LocalDate.now(clock).toString(),
                Stream.concat(byHand, found.stream())
                        .sorted(Comparator.comparing(Advisory::id).thenComparing(Advisory::packageName))
                        .toList());
    }

    private Set<String> ids(List<Component> delivered) throws IOException, InterruptedException {
        List<ObjectNode> queries = new ArrayList<>();
        for (Component component : delivered) {
            ObjectNode query = JSON.createObjectNode();
            query.putObject("package").put("purl", component.purl());
            queries.add(query);
        }
        Set<String> ids = new TreeSet<>();
        while (!queries.isEmpty()) {
            List<ObjectNode> batch = queries.subList(0, Math.min(BATCH, queries.size()));
            JsonNode results = post("/v1/querybatch", JSON.createObjectNode().set("queries", JSON.valueToTree(batch)))
                    .path("results");
            if (results.size() != batch.size()) {
                throw new IOException("OSV answered " + results.size() + " of " + batch.size() + " queries");
            }
            List<ObjectNode> further = new ArrayList<>();
            for (int i = 0; i < batch.size(); i++) {
                results.get(i)
                        .path("vulns")
                        .forEach(vuln -> ids.add(vuln.path("id").asText()));
                if (results.get(i).hasNonNull("next_page_token")) {
                    further.add(batch.get(i)
                            .deepCopy()
                            .put(
                                    "page_token",
                                    results.get(i).path("next_page_token").asText()));
                }
            }
            batch.clear();
            queries.addAll(further);
        }
        return ids;
    }

    /** One for each delivered package that it is about. OSV matched the delivered version, whether it lists it or not. */
    private static List<Advisory> advisories(JsonNode vuln, List<Component> delivered) {
        if (vuln.has("withdrawn")) {
            return List.of();
        }
        List<Advisory> advisories = new ArrayList<>();
        for (Component component : delivered) {
            Set<String> versions = new TreeSet<>();
            boolean about = false;
            for (JsonNode affected : vuln.path("affected")) {
                if (affected.path("package").path("ecosystem").asText().equals("Maven")
                        && affected.path("package").path("name").asText().equals(component.packageName())) {
                    about = true;
                    affected.path("versions").forEach(version -> versions.add(version.asText()));
                }
            }
            if (about) {
                if (versions.isEmpty()) {
                    versions.add(component.version());
                }
                advisories.add(new Advisory(
                        name(vuln),
                        component.packageName(),
                        List.copyOf(versions),
                        vuln.path("summary").asText(),
                        Advisory.OSV));
            }
        }
        return advisories;
    }

    /** The CVE, under which others write of it too. */
    private static String name(JsonNode vuln) {
        return StreamSupport.stream(vuln.path("aliases").spliterator(), false)
                .map(JsonNode::asText)
                .filter(alias -> alias.startsWith("CVE-"))
                .findFirst()
                .orElse(vuln.path("id").asText());
    }

    private JsonNode get(String path) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(osv.resolve(path)));
    }

    private JsonNode post(String path, JsonNode body) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(osv.resolve(path))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body))));
    }

    private JsonNode send(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<byte[]> answer =
                client.send(request.timeout(PATIENCE).build(), HttpResponse.BodyHandlers.ofByteArray());
        if (answer.statusCode() != 200) {
            throw new IOException("OSV answered " + answer.statusCode() + " to " + answer.uri());
        }
        return JSON.readTree(answer.body());
    }
}
