package org.accountsecurity.testing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Camunda Modeler 5 at its deploy dialog, request by request: {@code CamundaAPI.js} and {@code RestAPI.js} of its
 * sources, the same from 5.0 to 5.50.
 */
public final class Modeler {

    private static final String BOUNDARY = "----WebKitFormBoundaryModeler";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient client = HttpClient.newHttpClient();
    private final String endpoint;
    private final String credentials;
    private final String protocol;

    private Modeler(int port, String credentials, String protocol) {
        this.endpoint = "http://localhost:" + port + "/engine-rest";
        this.credentials = credentials;
        this.protocol = protocol;
    }

    public static Modeler withoutPassword(int port) {
        return new Modeler(port, null, "http");
    }

    public static Modeler of(int port, String user, String password) {
        return new Modeler(port, basic(user, password), "http");
    }

    /** As a proxy that speaks TLS to Modeler passes its requests on. */
    public static Modeler overTls(int port, String user, String password) {
        return new Modeler(port, basic(user, password), "https");
    }

    private static String basic(String user, String password) {
        return Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.ISO_8859_1));
    }

    /** What came back. */
    public record Answer(int status, HttpResponse<String> response) {

        public JsonNode json() {
            try {
                return JSON.readTree(response.body());
            } catch (JsonProcessingException e) {
                throw new AssertionError("not JSON: " + response.body(), e);
            }
        }

        public String message() {
            return json().path("message").asText();
        }
    }

    public Answer checkConnection() {
        return send("GET", "/deployment?maxResults=0");
    }

    public Answer version() {
        return send("GET", "/version");
    }

    /** Deploys the first file with the others attached. */
    public Answer deploy(String name, Map<String, String> files) {
        return deploy(
                Map.of(
                        "deployment-name",
                        name,
                        "deployment-source",
                        "Camunda Modeler",
                        "enable-duplicate-filtering",
                        "true"),
                files);
    }

    /** Deploys with fields of the caller's. */
    public Answer deploy(Map<String, String> fields, Map<String, String> files) {
        StringBuilder body = new StringBuilder();
        fields.forEach((name, value) -> body.append("--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\""
                + name + "\"\r\n\r\n" + value + "\r\n"));
        String type = "text/xml";
        for (Map.Entry<String, String> file : files.entrySet()) {
            body.append("--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"" + file.getKey()
                    + "\"; filename=\"" + file.getKey() + "\"\r\nContent-Type: " + type + "\r\n\r\n" + file.getValue()
                    + "\r\n");
            type = "application/octet-stream";
        }
        body.append("--" + BOUNDARY + "--\r\n");
        return send(request("/deployment/create")
                .header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
                .POST(HttpRequest.BodyPublishers.ofString(body.toString())));
    }

    public Answer start(String processDefinitionId) {
        return send("POST", "/process-definition/" + processDefinitionId + "/start");
    }

    /** Sends what Modeler does not. */
    public Answer send(String method, String path) {
        return send(request(path)
                .header("Content-Type", "application/json")
                .method(
                        method,
                        method.equals("GET")
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString("{}")));
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(endpoint + path))
                .header("Accept", "application/json")
                .header("Origin", "file://")
                .header("X-Forwarded-Proto", protocol);
        return credentials == null ? request : request.header("Authorization", "Basic " + credentials);
    }

    private Answer send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> response = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return new Answer(response.statusCode(), response);
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** All models and forms of this project by file name, this one first. */
    public static Map<String, String> everythingWith(String first) {
        Map<String, String> files = new LinkedHashMap<>();
        files.put(first, read(Path.of("processes", first)));
        for (String folder : new String[] {"processes", "forms"}) {
            try (Stream<Path> paths = Files.list(Path.of(folder))) {
                paths.sorted()
                        .forEach(path -> files.putIfAbsent(path.getFileName().toString(), read(path)));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return files;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
