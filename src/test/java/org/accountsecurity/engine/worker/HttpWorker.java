package org.accountsecurity.engine.worker;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A program that does external tasks, sending what Camunda's client for Java sends, fields that are not set included. */
final class HttpWorker {

    static final String TOPIC = "risk-check";
    private static final int LOCK = 60_000;
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private final String endpoint;
    private final String credentials;
    private final String id;

    HttpWorker(int port, String user, String password, String id) {
        this.endpoint = "http://localhost:" + port + "/engine-rest";
        this.credentials = Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
        this.id = id;
    }

    /** What came back. */
    record Answer(int status, String body) {

        JsonNode json() {
            try {
                return JSON.readTree(body);
            } catch (JsonProcessingException e) {
                throw new AssertionError("not JSON: " + body, e);
            }
        }

        String message() {
            return json().path("message").asText();
        }
    }

    Answer fetch() {
        return fetch(Map.of());
    }

    /** With other values of some fields, and further fields, of its one topic. */
    Answer fetch(Map<String, Object> otherwise) {
        Map<String, Object> topic = new HashMap<>();
        topic.put("topicName", TOPIC);
        topic.put("lockDuration", LOCK);
        for (String unset : List.of(
                "variables",
                "businessKey",
                "processDefinitionId",
                "processDefinitionIdIn",
                "processDefinitionKey",
                "processDefinitionKeyIn",
                "processDefinitionVersionTag",
                "processVariables",
                "tenantIdIn")) {
            topic.put(unset, null);
        }
        topic.putAll(Map.of("withoutTenantId", false, "localVariables", false, "includeExtensionProperties", false));
        topic.putAll(otherwise);
        return fetchTopics(List.of(topic), 10);
    }

    Answer fetchTopics(List<?> topics, Object maxTasks) {
        Map<String, Object> request = new HashMap<>(
                Map.of("workerId", id, "maxTasks", maxTasks, "usePriority", true, "asyncResponseTimeout", 10_000));
        request.put("topics", topics);
        request.put("sorting", null);
        return post("/external-task/fetchAndLock", request);
    }

    /** The one task that there is. */
    String fetchOne() {
        JsonNode tasks = fetch().json();
        if (tasks.size() != 1) {
            throw new AssertionError("fetched " + tasks);
        }
        return tasks.get(0).path("id").asText();
    }

    Answer complete(String task, String risk) {
        return complete(task, Map.of("workerRisk", value(risk, "String"), "workerKnown", value(true, "Boolean")));
    }

    Answer complete(String task, Map<String, ?> variables) {
        return act(task, "complete", Map.of("variables", variables, "localVariables", Map.of()));
    }

    Answer bpmnError(String task, String code) {
        return act(task, "bpmnError", Map.of("errorCode", code, "errorMessage", "13800138001"));
    }

    Answer failure(String task, int retries, long retryTimeout) {
        return act(
                task,
                "failure",
                Map.of(
                        "errorMessage",
                        "no answer for 13800138004",
                        "errorDetails",
                        "at acct-10004",
                        "retries",
                        retries,
                        "retryTimeout",
                        retryTimeout));
    }

    Answer act(String task, String action, Map<String, Object> fields) {
        Map<String, Object> request = new HashMap<>(fields);
        request.put("workerId", id);
        return post("/external-task/" + task + "/" + action, request);
    }

    static Map<String, Object> value(Object value, String type) {
        return Map.of("value", value, "type", type, "valueInfo", Map.of());
    }

    Answer post(String path, Object body) {
        try {
            return postText(path, body instanceof String text ? text : JSON.writeValueAsString(body));
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    private Answer postText(String path, String body) {
        return send("POST", path, HttpRequest.BodyPublishers.ofString(body));
    }

    Answer get(String path) {
        return send("GET", path, HttpRequest.BodyPublishers.noBody());
    }

    private Answer send(String method, String path, HttpRequest.BodyPublisher body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(endpoint + path))
                .header("Content-Type", "application/json")
                .header("Authorization", "Basic " + credentials)
                .method(method, body);
        try {
            HttpResponse<String> response = CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return new Answer(response.statusCode(), response.body());
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
