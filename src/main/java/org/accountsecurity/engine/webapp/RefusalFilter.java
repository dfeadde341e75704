package org.accountsecurity.engine.webapp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.accountsecurity.engine.Groups;
import org.springframework.http.MediaType;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.ContentCachingResponseWrapper;

/**
 * Tells a holder in Chinese why the engine refused: our own sentence where there is one, otherwise one for the kind of
 * refusal, and never the engine's.
 */
class RefusalFilter extends OncePerRequestFilter {

    private static final ObjectMapper JSON = new ObjectMapper();
    /** Our sentences are Chinese, the engine's English prefixes are not. */
    private static final Pattern OURS = Pattern.compile("[“\\p{IsHan}].*", Pattern.DOTALL);

    private static final String MOVED_ON = "这一步已在别处完成或已过期，请刷新页面查看最新进度。";
    private static final String FORBIDDEN = "您不能进行这项操作。";
    private static final String FAILED = "暂时无法完成，请刷新页面查看最新进度后再试。";

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !request.isUserInRole(Groups.ACCOUNT_HOLDER);
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        ContentCachingResponseWrapper answer = new ContentCachingResponseWrapper(response);
        chain.doFilter(request, answer);
        if (answer.getStatus() >= HttpServletResponse.SC_BAD_REQUEST) {
            byte[] refusal = inChinese(answer.getStatus(), answer.getContentAsByteArray());
            answer.resetBuffer();
            answer.setContentType(MediaType.APPLICATION_JSON_VALUE);
            answer.setCharacterEncoding(StandardCharsets.UTF_8.name());
            answer.getOutputStream().write(refusal);
        }
        answer.copyBodyToResponse();
    }

    private static byte[] inChinese(int status, byte[] body) throws IOException {
        ObjectNode refusal = JSON.createObjectNode();
        String message = "";
        try {
            JsonNode original = JSON.readTree(body);
            message = original.path("message").asText("");
            refusal.put("type", original.path("type").asText("RestException"));
        } catch (IOException e) {
            refusal.put("type", "RestException");
        }
        Matcher ours = OURS.matcher(message);
        refusal.put("message", ours.find() ? ours.group() : generic(status, message));
        return JSON.writeValueAsBytes(refusal);
    }

    private static String generic(int status, String message) {
        if (status == HttpServletResponse.SC_FORBIDDEN || status == HttpServletResponse.SC_UNAUTHORIZED) {
            return FORBIDDEN;
        }
        boolean raced = message.contains("ENGINE-03005")
                || message.contains("Cannot find task")
                || message.contains("task is null")
                || status == HttpServletResponse.SC_NOT_FOUND;
        return raced ? MOVED_ON : FAILED;
    }
}
