package org.accountsecurity.engine.gate;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.accountsecurity.shop.ShopUnavailableException;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import tools.jackson.databind.json.JsonMapper;

/** Refusals as Tasklist reads them: JSON with a type, and a message that it shows. */
public final class Refusals {

    public static final String FORBIDDEN = "您不能进行这项操作。";
    /** Somebody, or time, was first. */
    public static final String MOVED_ON = "这一步已在别处完成或已过期，请刷新页面查看最新进度。";

    /** What the holder answered is not what the form says now. */
    public static final String SHOWN_ANEW = "您答复的内容刚刚有更新，或者没有完整显示，这次没有提交。请阅读现在显示的内容，再提交一次。";

    /** Where the engine's status says too little; after a conflict the page must show its task anew. */
    public static final Map<String, HttpStatus> STATUSES = Map.of(
            MOVED_ON,
            HttpStatus.CONFLICT,
            SHOWN_ANEW,
            HttpStatus.CONFLICT,
            ShopUnavailableException.SENTENCE,
            HttpStatus.SERVICE_UNAVAILABLE);

    public static final String MALFORMED = "提交的内容无法识别，请刷新页面后重试。";
    public static final String FAILED = "暂时无法完成，请刷新页面查看最新进度后再试。";

    private static final JsonMapper JSON = new JsonMapper();

    private Refusals() {}

    /** Answers 403. */
    public static void forbidden(HttpServletResponse response) throws IOException {
        response.setStatus(HttpServletResponse.SC_FORBIDDEN);
        write(response, FORBIDDEN);
    }

    public static void write(HttpServletResponse response, String message) throws IOException {
        response.setContentType(MediaType.APPLICATION_JSON_VALUE);
        response.setCharacterEncoding(StandardCharsets.UTF_8.name());
        response.getOutputStream().write(JSON.writeValueAsBytes(Map.of("type", "Refusal", "message", message)));
    }
}
