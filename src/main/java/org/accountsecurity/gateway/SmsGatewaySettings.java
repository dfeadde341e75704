package org.accountsecurity.gateway;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.accountsecurity.settings.SettingCheck;
import org.springframework.boot.context.properties.bind.DefaultValue;
import tools.jackson.core.JsonPointer;

/**
 * One block of {@code account-security.sms.gateways}.
 *
 * @param body the JSON to post, see {@link BodyTemplate}
 * @param headers to send with it, such as an authorization
 * @param idempotencyHeader which header has the key of the message
 * @param signatureSecret of the signature over the body and the time, see {@link Signature}; null for none
 * @param connectTimeout for the connection
 * @param readTimeout for the whole answer, from when the connection stands
 * @param success what a 2xx answer must say besides; null if 2xx says it all
 * @param templates the gateway's names of our templates, for {@code {template}}
 */
record SmsGatewaySettings(
        String url,
        @DefaultValue(DEFAULT_BODY) String body,
        @DefaultValue Map<String, String> headers,
        @DefaultValue(DEFAULT_IDEMPOTENCY_HEADER) String idempotencyHeader,
        String signatureSecret,
        @DefaultValue("2s") Duration connectTimeout,
        @DefaultValue("3s") Duration readTimeout,
        Success success,
        @DefaultValue Map<String, String> templates) {

    private static final String DEFAULT_BODY = "{\"to\": \"{to}\", \"text\": \"{text}\"}";
    private static final String DEFAULT_IDEMPOTENCY_HEADER = "Idempotency-Key";
    private static final Duration LONGEST_TIMEOUT = Duration.ofSeconds(10);
    private static final Pattern HEADER = Pattern.compile("[A-Za-z0-9][A-Za-z0-9-]*");
    private static final Pattern HEADER_VALUE = Pattern.compile("[ -~]+");
    /** Set by the client itself. */
    private static final Set<String> RESERVED =
            Set.of("connection", "content-length", "content-type", "expect", "host", "upgrade");

    /**
     * A place in the answer and what stands there when a message is accepted.
     *
     * @param pointer a JSON pointer (RFC 6901)
     */
    record Success(String pointer, String value) {}

    /** As {@code account-security.sms.url} alone says it. */
    static SmsGatewaySettings simple(String url) {
        return new SmsGatewaySettings(
                url,
                DEFAULT_BODY,
                Map.of(),
                DEFAULT_IDEMPOTENCY_HEADER,
                null,
                Duration.ofSeconds(2),
                Duration.ofSeconds(3),
                null,
                Map.of());
    }

    /** How long one attempt may take. */
    Duration timeout() {
        return connectTimeout.plus(readTimeout);
    }

    void check(SettingCheck check, String block) {
        check.require(SettingCheck.isWebAddress(url), block + "url", "the http or https address of the gateway");
        checkBody(check, block);
        check.require(
                        headers.entrySet().stream()
                                .allMatch(header -> isHeader(header.getKey())
                                        && HEADER_VALUE
                                                .matcher(header.getValue())
                                                .matches()),
                        block + "headers",
                        "headers of visible ASCII, other than those that the client sets itself")
                .require(isHeader(idempotencyHeader), block + "idempotency-header", "the name of a header")
                .require(
                        signatureSecret == null || signatureSecret.length() >= Signature.SECRET_LENGTH,
                        block + "signature-secret",
                        "a random text of at least " + Signature.SECRET_LENGTH
                                + " characters that the gateway knows too")
                .require(isTimeout(connectTimeout), block + "connect-timeout", "a duration above zero, 10s at most")
                .require(isTimeout(readTimeout), block + "read-timeout", "a duration above zero, 10s at most")
                .require(
                        success == null || (isPointer(success.pointer()) && success.value() != null),
                        block + "success",
                        "a pointer such as /code and the value that stands there when a message is accepted");
    }

    private void checkBody(SettingCheck check, String block) {
        try {
            Set<String> used = BodyTemplate.of(body).placeholders();
            SortedSet<String> unnamed = new TreeSet<>(Message.smsTemplates());
            unnamed.removeAll(templates.keySet());
            check.require(
                            BodyTemplate.PLACEHOLDERS.containsAll(used)
                                    && used.contains(BodyTemplate.TO)
                                    && (used.contains(BodyTemplate.TEXT) || used.contains(BodyTemplate.PARAMETERS)),
                            block + "body",
                            "a JSON object with {to} and with {text} or {parameters}, and besides them {key} and {template} alone")
                    .require(
                            !used.contains(BodyTemplate.TEMPLATE) || unnamed.isEmpty(),
                            block + "templates",
                            "the gateway's names of the templates; it lacks " + String.join(", ", unnamed));
        } catch (IllegalArgumentException e) {
            check.require(false, block + "body", "a JSON object");
        }
    }

    private static boolean isHeader(String name) {
        return HEADER.matcher(name).matches() && !RESERVED.contains(name.toLowerCase(Locale.ROOT));
    }

    private static boolean isTimeout(Duration timeout) {
        return timeout.toMillis() > 0 && timeout.compareTo(LONGEST_TIMEOUT) <= 0;
    }

    private static boolean isPointer(String pointer) {
        try {
            return pointer != null && !pointer.isEmpty() && JsonPointer.compile(pointer) != null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Without the secrets. */
    @Override
    public String toString() {
        return "SmsGatewaySettings[]";
    }
}
