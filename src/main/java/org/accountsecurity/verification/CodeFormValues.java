package org.accountsecurity.verification;

import java.util.Map;
import java.util.Set;
import org.accountsecurity.gateway.Delivery;
import org.accountsecurity.gateway.DeliveryReceipts;
import org.accountsecurity.request.FormValues;
import org.accountsecurity.request.OfferedOptions;
import org.accountsecurity.text.Messages;
import org.springframework.stereotype.Component;

/** The values that the form for a code shows, as they are at that moment. */
@Component
class CodeFormValues implements FormValues {

    private static final String KEY = "verification.";

    private static final String MASKED_TARGET = "maskedTarget";
    private static final String SERIAL = "serial";
    private static final String TRIES_LEFT = "triesLeft";
    private static final String EXPIRES_AT = "expiresAt";
    private static final String RESEND_AT = "resendAt";
    private static final String SENDS_LEFT = "sendsLeft";
    private static final String DELIVERY = "delivery";
    private static final String CHOICES = "choices";

    private final Codes codes;
    private final DeliveryReceipts receipts;

    CodeFormValues(Codes codes, DeliveryReceipts receipts) {
        this.codes = codes;
        this.receipts = receipts;
    }

    @Override
    public Set<String> names() {
        return Set.of(MASKED_TARGET, SERIAL, TRIES_LEFT, EXPIRES_AT, RESEND_AT, SENDS_LEFT, DELIVERY, CHOICES);
    }

    @Override
    public Map<String, Object> of(String requestId) {
        return codes.awaited(requestId).map(this::values).orElse(Map.of(CHOICES, (OfferedOptions) value -> true));
    }

    private Map<String, Object> values(AwaitedCode awaited) {
        return Map.of(
                MASKED_TARGET,
                awaited.maskedTarget(),
                SERIAL,
                awaited.code().serial(),
                TRIES_LEFT,
                awaited.code().triesLeft(),
                EXPIRES_AT,
                awaited.expiresAt(),
                RESEND_AT,
                awaited.resendAt(),
                SENDS_LEFT,
                awaited.sendsLeft(),
                DELIVERY,
                delivery(awaited),
                CHOICES,
                choices(awaited));
    }

    private static OfferedOptions choices(AwaitedCode awaited) {
        return value -> awaited.otherChannel() || !value.equals(ChannelChoice.OTHER);
    }

    private String delivery(AwaitedCode awaited) {
        CodeStore.Sending sending = awaited.sending();
        if (!awaited.code().delivered()) {
            return unsent(awaited, sending);
        }
        Delivery delivery = receipts.of(awaited.code().id()).orElse(null);
        if (delivery == Delivery.DELIVERED) {
            return text("delivered", awaited, "");
        }
        return delivery == Delivery.UNDELIVERED
                ? text("undelivered", awaited, otherwise(awaited, "remedy-reception"))
                : text("sent", awaited, "");
    }

    private static String unsent(AwaitedCode awaited, CodeStore.Sending sending) {
        if (!sending.goesOn()) {
            return text(sending.mayArrive() ? "uncertain" : "unsent", awaited, again(awaited));
        }
        if (sending.mayArrive() && !sending.unanswered()) {
            return text("sending", awaited, "");
        }
        return text(
                sending.mayArrive() ? "uncertain-retried" : "unsent-retried",
                awaited,
                otherwise(awaited, "remedy-resend"));
    }

    private static String text(String what, AwaitedCode awaited, String remedy) {
        return Messages.text(KEY + what, "message", awaited.code().channel().label(), "remedy", remedy);
    }

    private static String again(AwaitedCode awaited) {
        String resend = awaited.sendsLeft() > 0
                ? Messages.text(KEY + "resend-after", "time", awaited.resendAt())
                : Messages.text(KEY + "resend-in-an-hour");
        return Messages.text(
                KEY + (awaited.otherChannel() ? "remedy-resend-or-other" : "remedy-resend-only"), "resend", resend);
    }

    private static String otherwise(AwaitedCode awaited, String remedy) {
        return awaited.otherChannel()
                ? Messages.textOf(KEY + "remedy-other-than-", awaited.code().channel())
                : Messages.text(KEY + remedy);
    }
}
