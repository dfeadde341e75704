package org.accountsecurity.engine.webapp;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.accountsecurity.engine.gate.Refusal;
import org.accountsecurity.engine.gate.RefusalAnswer;
import org.accountsecurity.engine.identity.Groups;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.ContentCachingResponseWrapper;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/**
 * Lets no browser keep what a holder is answered, and says why the engine refused: with the sentence that the gate has
 * remembered, otherwise with one for the kind of refusal, and never with the engine's.
 */
class HolderAnswerFilter extends OncePerRequestFilter {

    private static final JsonMapper JSON = new JsonMapper();

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !request.isUserInRole(Groups.ACCOUNT_HOLDER);
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        ContentCachingResponseWrapper answer = new Answer(response);
        chain.doFilter(request, answer);
        answer.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        if (answer.getStatus() >= HttpServletResponse.SC_BAD_REQUEST) {
            RefusalAnswer refusal = RefusalAnswer.of(request)
                    .orElseGet(() -> ofKind(
                            answer.getStatus(),
                            parsed(answer.getContentAsByteArray())
                                    .path("message")
                                    .asString("")));
            boolean notFound = answer.getStatus() == HttpServletResponse.SC_NOT_FOUND;
            answer.resetBuffer();
            refusal.write(answer);
            if (notFound) {
                answer.setStatus(HttpServletResponse.SC_NOT_FOUND);
            }
        }
        answer.copyBodyToResponse();
    }

    private static JsonNode parsed(byte[] body) {
        try {
            return JSON.readTree(body);
        } catch (JacksonException e) {
            return MissingNode.getInstance();
        }
    }

    private static RefusalAnswer ofKind(int status, String message) {
        HttpStatus same = HttpStatus.valueOf(status);
        if (status == HttpServletResponse.SC_FORBIDDEN || status == HttpServletResponse.SC_UNAUTHORIZED) {
            return new RefusalAnswer(same, Refusal.FORBIDDEN.text());
        }
        boolean raced = message.contains("Cannot find task")
                || message.contains("task is null")
                || message.contains("Cannot get form for task")
                || status == HttpServletResponse.SC_NOT_FOUND;
        if (raced) {
            return new RefusalAnswer(Refusal.MOVED_ON);
        }
        return new RefusalAnswer(same, same.is4xxClientError() ? Refusal.MALFORMED.text() : Refusal.FAILED.text());
    }

    /** Leaves an error to this filter: the container's own answer is English. */
    private static final class Answer extends ContentCachingResponseWrapper {

        Answer(HttpServletResponse response) {
            super(response);
        }

        @Override
        public void sendError(int status) {
            setStatus(status);
        }

        @Override
        public void sendError(int status, String message) {
            setStatus(status);
        }
    }
}
