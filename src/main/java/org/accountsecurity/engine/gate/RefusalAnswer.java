package org.accountsecurity.engine.gate;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.accountsecurity.shop.ShopUnavailableException;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.context.request.RequestContextHolder;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a holder is answered when a command fails. It is remembered with the request, as the engine's REST interface puts words
 * of its own around the message of an exception.
 */
public record RefusalAnswer(HttpStatus status, String message) {

    private static final String REMEMBERED = RefusalAnswer.class.getName();
    private static final JsonMapper JSON = new JsonMapper();

    public RefusalAnswer(Refusal refusal) {
        this(refusal.status(), refusal.text());
    }

    /** Remembers it where the failure says why a holder is refused; a failure of another kind has no sentence. */
    static void remember(RuntimeException failure) {
        RequestAttributes request = RequestContextHolder.getRequestAttributes();
        if (request != null) {
            of(failure).ifPresent(answer -> request.setAttribute(REMEMBERED, answer, RequestAttributes.SCOPE_REQUEST));
        }
    }

    private static Optional<RefusalAnswer> of(RuntimeException failure) {
        if (failure instanceof RefusedException refused) {
            return Optional.of(refused.answer());
        }
        if (failure instanceof OptimisticLockingException) {
            return Optional.of(new RefusalAnswer(Refusal.MOVED_ON));
        }
        return failure instanceof ShopUnavailableException
                ? Optional.of(new RefusalAnswer(Refusal.SHOP_UNAVAILABLE))
                : Optional.empty();
    }

    /** The one that was remembered with this request. */
    public static Optional<RefusalAnswer> of(HttpServletRequest request) {
        return Optional.ofNullable((RefusalAnswer) request.getAttribute(REMEMBERED));
    }

    /** Writes it as Tasklist reads it: JSON with a type, and a message that it shows. */
    public void write(HttpServletResponse response) throws IOException {
        response.setStatus(status.value());
        response.setContentType(MediaType.APPLICATION_JSON_VALUE);
        response.setCharacterEncoding(StandardCharsets.UTF_8.name());
        response.getOutputStream().write(JSON.writeValueAsBytes(Map.of("type", "Refusal", "message", message)));
    }
}
