package org.accountsecurity.gateway;

import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.regex.Pattern;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Takes the delivery receipts of gateways, {@code {"key", "status"}}, signed; without a secret in the settings it
 * answers 404.
 */
@RestController
class DeliveryReceiptController {

    private static final int LARGEST_BODY = 1024;
    private static final Duration WINDOW = Duration.ofMinutes(5);
    private static final Pattern TIMESTAMP = Pattern.compile("\\d{1,12}");
    private static final Pattern KEY = Pattern.compile("[!-~]{1,100}");
    private static final Map<String, Delivery> STATUSES =
            Map.of("delivered", Delivery.DELIVERED, "undelivered", Delivery.UNDELIVERED);
    private static final JsonMapper JSON = new JsonMapper();

    private final DeliveryReceipts receipts;
    private final String secret;
    private final Clock clock;

    DeliveryReceiptController(DeliveryReceipts receipts, SmsSettings settings, Clock clock) {
        this.receipts = receipts;
        this.secret = settings.receipts().secret();
        this.clock = clock;
    }

    @PostMapping("/sms/receipts")
    ResponseEntity<Void> receive(
            @RequestHeader(name = Signature.TIMESTAMP_HEADER, defaultValue = "") String timestamp,
            @RequestHeader(name = Signature.HEADER, defaultValue = "") String signature,
            InputStream request)
            throws IOException {
        if (secret.isEmpty()) {
            return ResponseEntity.notFound().build();
        }
        byte[] body = request.readNBytes(LARGEST_BODY + 1);
        if (body.length > LARGEST_BODY) {
            return ResponseEntity.status(HttpStatus.CONTENT_TOO_LARGE).build();
        }
        if (!TIMESTAMP.matcher(timestamp).matches()
                || !Signature.matches(signature, secret, timestamp, body)
                || !recent(Instant.ofEpochSecond(Long.parseLong(timestamp)))) {
            return ResponseEntity.status(HttpStatus.UNAUTHORIZED).build();
        }
        try {
            JsonNode receipt = JSON.readTree(body);
            String key = receipt.path("key").asString("");
            Delivery delivery = STATUSES.get(receipt.path("status").asString(""));
            if (delivery == null || !KEY.matcher(key).matches()) {
                return ResponseEntity.badRequest().build();
            }
            receipts.keep(key, delivery);
            return ResponseEntity.noContent().build();
        } catch (JacksonException e) {
            return ResponseEntity.badRequest().build();
        }
    }

    private boolean recent(Instant signed) {
        return Duration.between(signed, clock.instant()).abs().compareTo(WINDOW) <= 0;
    }
}
