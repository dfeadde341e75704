package org.accountsecurity.testing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.CookieManager;
import java.net.HttpCookie;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;

/** Somebody with an HTTP client and a session of their own, who need not behave as Tasklist does. */
public final class Visitor {

    public static final String ENGINE = "/camunda/api/engine/engine/default";

    private static final String TASKLIST = "/camunda/app/tasklist/default/";
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern CSRF = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");

    private final CookieManager cookies;
    private final HttpClient client;
    private final String host;
    private final String address;
    private String language = "";

    public Visitor(int port) {
        this(port, "");
    }

    /** @param address that a proxy in front of the application would tell, empty without one */
    public Visitor(int port, String address) {
        this(new CookieManager(), null, port, address);
    }

    private Visitor(CookieManager cookies, HttpClient client, int port, String address) {
        this.cookies = cookies;
        this.client = client != null
                ? client
                : HttpClient.newBuilder()
                        .cookieHandler(cookies)
                        .version(HttpClient.Version.HTTP_1_1)
                        .build();
        this.host = "http://localhost:" + port;
        this.address = address;
    }

    /** The language that the browser asks for from now on. */
    public void acceptLanguage(String wanted) {
        language = wanted;
    }

    /** The same session at another node. */
    public Visitor at(int port) {
        return new Visitor(cookies, client, port, address);
    }

    /** What came back. */
    public record Answer(int status, HttpHeaders headers, String body) {

        /** The header of that name, empty without it. */
        public String header(String name) {
            return headers.firstValue(name).orElse("");
        }

        public String location() {
            return header("Location");
        }

        public JsonNode json() {
            try {
                return JSON.readTree(body);
            } catch (JsonProcessingException e) {
                throw new AssertionError("not JSON: " + body, e);
            }
        }

        public String message() {
            return json().path("message").asText();
        }
    }

    /** Logs in and opens Tasklist, as the login page does. */
    public Answer login(String username, String password) {
        Answer answer = loginOnly(username, password);
        get(TASKLIST);
        return answer;
    }

    /** Logs in and makes no further request. */
    public Answer loginOnly(String username, String password) {
        return postForm(
                "/login",
                "username=" + encoded(username) + "&password=" + encoded(password) + "&_csrf="
                        + encoded(formToken("/login")));
    }

    /** The token in the form of a page of ours. */
    public String formToken(String page) {
        Matcher csrf = CSRF.matcher(get(page).body());
        if (!csrf.find()) {
            throw new AssertionError(page + " has no token");
        }
        return csrf.group(1);
    }

    /** Posts a form as a browser does. */
    public Answer postForm(String path, String form) {
        return send(request(path)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form)));
    }

    public boolean loggedIn() {
        return get(TASKLIST).status() == 200;
    }

    public Answer get(String path) {
        return send(request(path).GET());
    }

    /** With one more header. */
    public Answer get(String path, String header, String value) {
        return send(request(path).setHeader(header, value).GET());
    }

    /** Posts JSON with the token that Camunda's webapp wants. */
    public Answer post(String path, Object body) {
        return send("POST", path, body);
    }

    /** Sends JSON by any method, with the token that Camunda's webapp wants. */
    public Answer send(String method, String path, Object body) {
        return send(method, path, body, token());
    }

    /** Posts JSON with a token of the caller's. */
    public Answer postWithToken(String path, Object body, String token) {
        return send("POST", path, body, token);
    }

    /** The token that Camunda's webapp has given this session, empty without one. */
    public String token() {
        return cookies.getCookieStore().getCookies().stream()
                .filter(cookie -> cookie.getName().equals("XSRF-TOKEN")
                        && cookie.getPath().startsWith("/camunda"))
                .map(HttpCookie::getValue)
                .findFirst()
                .orElse("");
    }

    /** All cookies, as a header has them. */
    public String cookies() {
        return cookies.getCookieStore().getCookies().stream()
                .map(cookie -> cookie.getName() + "=" + cookie.getValue())
                .collect(Collectors.joining("; "));
    }

    private Answer send(String method, String path, Object body, String token) {
        try {
            HttpRequest.Builder request = request(path).header("Content-Type", "application/json");
            if (!token.isEmpty()) {
                request.header("X-XSRF-TOKEN", token);
            }
            return send(request.method(
                    method,
                    method.equals("GET")
                            ? HttpRequest.BodyPublishers.noBody()
                            : HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body))));
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    /** Deploys one file, as Modeler does. */
    public Answer deploy(String name, String content) {
        String boundary = "visitor";
        String body =
                "--" + boundary + "\r\nContent-Disposition: form-data; name=\"deployment-name\"\r\n\r\nby a visitor\r\n"
                        + "--" + boundary + "\r\nContent-Disposition: form-data; name=\"data\"; filename=\"" + name
                        + "\"\r\n\r\n" + content + "\r\n--" + boundary + "--\r\n";
        return send(request(ENGINE + "/deployment/create")
                .header("Content-Type", "multipart/form-data; boundary=" + boundary)
                .header("X-XSRF-TOKEN", token())
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    /** Reads the form of a task as Tasklist does, and submits it with these plain values. */
    public Answer submit(String taskId, Map<String, Object> values) {
        read(taskId);
        return submitUnread(taskId, values);
    }

    /** Reads the form of a task. */
    public Answer read(String taskId) {
        return get(ENGINE + "/task/" + taskId + "/form-variables?deserializeValues=false");
    }

    /** Submits the form of a task without reading it again. */
    public Answer submitUnread(String taskId, Map<String, Object> values) {
        return post(ENGINE + "/task/" + taskId + "/submit-form", Map.of("variables", variables(values)));
    }

    /** Starts the latest version of a process. */
    public void start(String processKey) {
        String definition = "";
        for (JsonNode process : get(ENGINE + "/process-definition?latest=true").json()) {
            if (process.path("key").asText().equals(processKey)) {
                definition = process.path("id").asText();
            }
        }
        Answer answer =
                post(ENGINE + "/process-definition/" + definition + "/submit-form", Map.of("variables", Map.of()));
        if (answer.status() != 200) {
            throw new AssertionError(answer);
        }
    }

    /** Submits the form of the task of that name, as soon as there is one. */
    public void complete(String name, Map<String, Object> values) {
        String task = Awaitility.await(name).atMost(PATIENCE).until(() -> task(name), id -> !id.isEmpty());
        Answer answer = submit(task, values);
        if (answer.status() != 204) {
            throw new AssertionError(answer);
        }
    }

    /** What is in the one filter there is. */
    public JsonNode tasks() {
        String filter = get(ENGINE + "/filter?resourceType=Task")
                .json()
                .get(0)
                .path("id")
                .asText();
        return post(ENGINE + "/filter/" + filter + "/list", Map.of()).json();
    }

    /** The id of the task of that name, empty if it is not there. */
    private String task(String name) {
        for (JsonNode task : tasks()) {
            if (task.path("name").asText().equals(name)) {
                return task.path("id").asText();
            }
        }
        return "";
    }

    private static Map<String, Object> variables(Map<String, Object> values) {
        Map<String, Object> variables = new java.util.HashMap<>();
        values.forEach((key, value) -> variables.put(key, Map.of("value", value)));
        return variables;
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(host + path))
                .timeout(PATIENCE)
                .header("Accept", "application/json, text/html, */*");
        if (!language.isEmpty()) {
            request.header("Accept-Language", language);
        }
        // as a proxy, which keeps no connection to a node that may go away
        return address.isEmpty()
                ? request
                : request.header("X-Forwarded-For", address).header("Connection", "close");
    }

    private Answer send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> response = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return new Answer(response.statusCode(), response.headers(), response.body());
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    public static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
