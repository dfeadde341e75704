package org.accountsecurity.verification;

import java.util.Map;
import java.util.Set;
import org.accountsecurity.gateway.Channel;
import org.accountsecurity.gateway.Delivery;
import org.accountsecurity.gateway.DeliveryReceipts;
import org.accountsecurity.request.FormValues;
import org.accountsecurity.request.OfferedOptions;
import org.springframework.stereotype.Component;

/** What the form for a code shows of it, as it is at that moment. */
@Component
class CodeFormValues implements FormValues {

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
        boolean bySms = awaited.code().channel() == Channel.SMS;
        String message = bySms ? "短信" : "邮件";
        if (!awaited.code().delivered()) {
            return message + unsent(awaited, bySms);
        }
        Delivery delivery = receipts.of(awaited.code().id()).orElse(null);
        if (delivery == Delivery.DELIVERED) {
            return message + "已送达。";
        }
        return delivery == Delivery.UNDELIVERED
                ? message + "未送达。" + otherwise(awaited, bySms, "请检查手机信号和短信拦截，然后选择“重新发送”。")
                : message + "已发出，请留意查收。";
    }

    private static String unsent(AwaitedCode awaited, boolean bySms) {
        CodeStore.Sending sending = awaited.sending();
        if (!sending.goesOn()) {
            return (sending.mayArrive() ? "可能收不到，我们不再自动重试。" : "没有发出去，我们不再自动重试，不占用您的发送次数。") + again(awaited);
        }
        if (sending.mayArrive() && !sending.unanswered()) {
            return "正在发送。";
        }
        return (sending.mayArrive() ? "可能没有发出去，我们会自动重试。" : "暂时没有发出去，我们会自动重试，不占用您的发送次数。")
                + otherwise(awaited, bySms, "您也可以稍后选择“重新发送”。");
    }

    private static String again(AwaitedCode awaited) {
        String resend = awaited.sendsLeft() > 0 ? "请在 " + awaited.resendAt() + " 后选择“重新发送”" : "请一小时后重新获取";
        return resend + (awaited.otherChannel() ? "，或现在选择“换一种方式接收”。" : "。");
    }

    private static String otherwise(AwaitedCode awaited, boolean bySms, String remedy) {
        return awaited.otherChannel() ? "可换" + (bySms ? "邮箱" : "短信") + "接收：请选择“换一种方式接收”。" : remedy;
    }
}
