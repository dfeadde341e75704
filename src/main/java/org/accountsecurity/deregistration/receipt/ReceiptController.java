package org.accountsecurity.deregistration.receipt;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.accountsecurity.shop.Erasure;
import org.accountsecurity.text.Messages;
import org.jose4j.json.JsonUtil;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwx.JsonWebStructure;
import org.jose4j.lang.JoseException;
import org.springframework.http.CacheControl;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * Shows a receipt to whoever knows its number and secret, and the keys to everybody. Attempts are not counted: a secret has
 * 80 bits, and a wrong one does not reach the database.
 */
@Controller
class ReceiptController {

    private static final String PAGE = "/receipt";
    private static final Duration KEYS_CACHED_FOR = Duration.ofHours(1);
    private static final String DAY = "receipt.day-pattern";
    private static final String TIME = "receipt.time-pattern";

    private final Receipts receipts;
    private final ReceiptKeys keys;
    private final Clock clock;

    ReceiptController(Receipts receipts, ReceiptKeys keys, Clock clock) {
        this.receipts = receipts;
        this.keys = keys;
        this.clock = clock;
    }

    @GetMapping("/.well-known/jwks.json")
    ResponseEntity<String> keys() {
        return ResponseEntity.ok()
                .cacheControl(CacheControl.maxAge(KEYS_CACHED_FOR).cachePublic())
                .header(HttpHeaders.CONTENT_TYPE, "application/jwk-set+json")
                .body(keys.published());
    }

    @GetMapping(PAGE)
    String ask(
            @RequestParam(required = false) String error, @RequestParam(required = false) String again, Model model) {
        model.addAttribute("again", again != null);
        model.addAttribute("failed", error != null);
        model.addAttribute("number", "");
        return form(model);
    }

    @PostMapping(PAGE)
    String show(
            @RequestParam(defaultValue = "") String number,
            @RequestParam(defaultValue = "") String secret,
            Model model) {
        Optional<Receipt> receipt = receipts.find(number, secret);
        if (receipt.isEmpty()) {
            model.addAttribute("failed", true);
            model.addAttribute("number", number);
            return form(model);
        }
        model.addAttribute("number", receipt.get().number());
        model.addAttribute("secret", secret);
        model.addAttribute("keepUntil", text(DAY, receipt.get().keepUntil()));
        if (receipt.get().issued()) {
            showIssued(receipt.get(), model);
        } else {
            showPending(receipt.get(), model);
        }
        return "receipt";
    }

    /** The signed receipt as a file; the form again if there is none for this pair. */
    @PostMapping(path = PAGE, params = "download")
    ResponseEntity<String> download(
            @RequestParam(defaultValue = "") String number, @RequestParam(defaultValue = "") String secret) {
        return receipts.find(number, secret)
                .filter(Receipt::issued)
                .map(receipt -> ResponseEntity.ok()
                        .header(HttpHeaders.CONTENT_TYPE, "application/jose")
                        .header(
                                HttpHeaders.CONTENT_DISPOSITION,
                                ContentDisposition.attachment()
                                        .filename("receipt.jws")
                                        .build()
                                        .toString())
                        .body(receipt.jws()))
                .orElseGet(() -> ResponseEntity.status(HttpStatus.SEE_OTHER)
                        .header(HttpHeaders.LOCATION, PAGE + "?error")
                        .build());
    }

    private static String form(Model model) {
        model.addAttribute("asks", true);
        return "receipt";
    }

    private static void showPending(Receipt receipt, Model model) {
        Map<String, Object> pending = new HashMap<>();
        pending.put("closed", receipt.closed());
        pending.put("verified", receipt.verified());
        pending.put("dataSets", receipt.planned());
        pending.put("failed", receipt.failed() == 0 ? null : receipt.failed());
        pending.put("finishBy", receipt.finishBy() == null ? null : text(DAY, receipt.finishBy()));
        model.addAttribute("pending", pending);
    }

    private void showIssued(Receipt receipt, Model model) {
        Map<String, Object> payload = payload(receipt.jws());
        Map<String, Object> issued = new HashMap<>();
        issued.put("jws", receipt.jws());
        issued.put("requestId", payload.get("requestId"));
        issued.put("noticeHash", payload.get("noticeHash"));
        issued.put(
                "issuedAt",
                text(TIME, Instant.ofEpochSecond((Long) payload.get("iat")).atZone(clock.getZone())));
        Stream.of("requestedAt", "confirmedAt", "committedAt", "completedAt")
                .forEach(key -> issued.put(key, time(payload.get(key))));
        issued.put(
                "dataSets",
                ((List<?>) payload.get("dataSets"))
                        .stream().map(entry -> line((Map<?, ?>) entry)).toList());
        model.addAttribute("issued", issued);
    }

    private static Map<String, Object> line(Map<?, ?> entry) {
        return Map.of("label", entry.get("label"), "outcome", outcome(entry), "law", entry.get("law"));
    }

    private static String outcome(Map<?, ?> entry) {
        Object until = entry.get("retainedUntil");
        return Messages.textOf(
                "receipt.",
                Erasure.Outcome.valueOf((String) entry.get("outcome")),
                "day",
                until == null ? "" : text(DAY, LocalDate.parse((String) until)));
    }

    private static String text(String pattern, TemporalAccessor time) {
        return DateTimeFormatter.ofPattern(Messages.text(pattern), Messages.language())
                .format(time);
    }

    private String time(Object instant) {
        return instant == null
                ? null
                : text(TIME, Instant.parse((String) instant).atZone(clock.getZone()));
    }

    /** As stored: whoever doubts it verifies the signature, which this page can't do for them. */
    private static Map<String, Object> payload(String jws) {
        try {
            return JsonUtil.parseJson(
                    ((JsonWebSignature) JsonWebStructure.fromCompactSerialization(jws)).getUnverifiedPayload());
        } catch (JoseException e) {
            throw new IllegalStateException("the stored receipt cannot be read", e);
        }
    }
}
