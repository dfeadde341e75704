package org.accountsecurity.engine.webapp;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.accountsecurity.engine.gate.Refusals;
import org.accountsecurity.engine.identity.Groups;
import org.springframework.http.HttpHeaders;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.ContentCachingResponseWrapper;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/**
 * Lets no browser keep what a holder is answered, and tells in Chinese why the engine refused: in our own sentence where
 * there is one, otherwise in one for the kind of refusal, and never in the engine's.
 */
class HolderAnswerFilter extends OncePerRequestFilter {

    private static final JsonMapper JSON = new JsonMapper();
    /** Our sentences are Chinese, the engine's English prefixes are not. */
    private static final Pattern OURS = Pattern.compile("[“\\p{IsHan}].*", Pattern.DOTALL);

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
            String message = inChinese(
                    answer.getStatus(),
                    parsed(answer.getContentAsByteArray()).path("message").asString(""));
            answer.resetBuffer();
            if (Refusals.STATUSES.containsKey(message) && answer.getStatus() != HttpServletResponse.SC_NOT_FOUND) {
                answer.setStatus(Refusals.STATUSES.get(message).value());
            }
            Refusals.write(answer, message);
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

    private static String inChinese(int status, String message) {
        Matcher ours = OURS.matcher(message);
        if (ours.find()) {
            return ours.group();
        }
        if (status == HttpServletResponse.SC_FORBIDDEN || status == HttpServletResponse.SC_UNAUTHORIZED) {
            return Refusals.FORBIDDEN;
        }
        boolean raced = message.contains("ENGINE-03005")
                || message.contains("Cannot find task")
                || message.contains("task is null")
                || message.contains("Cannot get form for task")
                || status == HttpServletResponse.SC_NOT_FOUND;
        if (raced) {
            return Refusals.MOVED_ON;
        }
        return status < HttpServletResponse.SC_INTERNAL_SERVER_ERROR ? Refusals.MALFORMED : Refusals.FAILED;
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
