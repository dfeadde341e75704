package org.accountsecurity.engine.webapp;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.accountsecurity.engine.status.ProcessKeys;
import org.accountsecurity.text.Messages;
import org.accountsecurity.text.ModelTexts;
import org.springframework.http.MediaType;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.ContentCachingResponseWrapper;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Names tasks, processes, filters and groups to Tasklist in the language of its reader; the engine keeps those of the diagrams. */
class TranslatedNames extends OncePerRequestFilter {

    private static final JsonMapper JSON = new JsonMapper();
    private static final Pattern NAMES =
            Pattern.compile(".*/engine/default/(task|process-definition|filter|group|identity)(/.*)?");
    private static final List<String> OWN = List.of(
            "filter.my-tasks",
            "filter.support-tasks",
            "group.administrator",
            "group.process-owner",
            "group.support",
            "group.worker");
    private static final String NAME = "name";

    private final ProcessKeys processes;

    TranslatedNames(ProcessKeys processes) {
        this.processes = processes;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return Messages.language().equals(Locale.SIMPLIFIED_CHINESE)
                || !NAMES.matcher(request.getRequestURI()).matches();
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        ContentCachingResponseWrapper answer = new ContentCachingResponseWrapper(response);
        chain.doFilter(request, answer);
        String type = answer.getContentType();
        if (answer.getStatus() == HttpServletResponse.SC_OK
                && type != null
                && MediaType.parseMediaType(type).getSubtype().endsWith("json")) {
            JsonNode body = JSON.readTree(answer.getContentAsByteArray());
            translate(body);
            answer.resetBuffer();
            answer.getOutputStream().write(JSON.writeValueAsBytes(body));
        }
        answer.copyBodyToResponse();
    }

    private void translate(JsonNode node) {
        if (node instanceof ObjectNode object && object.path(NAME).isString()) {
            String name = object.path(NAME).asString("");
            String translated = name;
            if (object.path("taskDefinitionKey").isString()) {
                translated = ModelTexts.element(
                        processes.of(object.path("processDefinitionId").asString("")),
                        object.path("taskDefinitionKey").asString(""),
                        name);
            } else if (object.path("key").isString() && object.has("version")) {
                translated = ModelTexts.process(object.path("key").asString(""), name);
            } else {
                translated = OWN.stream()
                        .map(key -> Messages.translated(key, name))
                        .filter(found -> !found.equals(name))
                        .findFirst()
                        .orElse(name);
            }
            object.put(NAME, translated);
        }
        node.forEach(this::translate);
    }
}
