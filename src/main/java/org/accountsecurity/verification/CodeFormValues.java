package org.accountsecurity.verification;

import org.accountsecurity.notification.Channel;
import org.accountsecurity.notification.Delivery;
import org.accountsecurity.notification.DeliveryReceipts;
import org.accountsecurity.request.FormValue;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What the form for a code shows of it, as it is at that moment. */
@Configuration(proxyBeanMethods = false)
class CodeFormValues {

    @Bean
    FormValue expiresAt(Codes codes) {
        return FormValue.named(
                "expiresAt",
                request -> codes.awaited(request).map(AwaitedCode::expiresAt).orElse(null));
    }

    @Bean
    FormValue resendAt(Codes codes) {
        return FormValue.named(
                "resendAt",
                request -> codes.awaited(request).map(AwaitedCode::resendAt).orElse(null));
    }

    @Bean
    FormValue sendsLeft(Codes codes) {
        return FormValue.named(
                "sendsLeft",
                request -> codes.awaited(request).map(AwaitedCode::sendsLeft).orElse(null));
    }

    @Bean
    FormValue delivery(Codes codes, DeliveryReceipts receipts) {
        return FormValue.named(
                "delivery",
                request ->
                        codes.awaited(request).map(code -> said(code, receipts)).orElse(null));
    }

    private static String said(AwaitedCode awaited, DeliveryReceipts receipts) {
        boolean bySms = awaited.code().channel() == Channel.SMS;
        String message = bySms ? "短信" : "邮件";
        if (!awaited.code().delivered()) {
            return awaited.sending()
                    ? message + "正在发送。"
                    : message + "暂时没有发出去，我们会自动重试，不占用您的发送次数。" + otherwise(awaited, bySms, "您也可以稍后选择“重新发送”。");
        }
        Delivery delivery = receipts.of(awaited.code().id()).orElse(null);
        if (delivery == Delivery.DELIVERED) {
            return message + "已送达。";
        }
        return delivery == Delivery.UNDELIVERED
                ? message + "未送达。" + otherwise(awaited, bySms, "请检查手机信号和短信拦截，然后选择“重新发送”。")
                : message + "已发出，请留意查收。";
    }

    private static String otherwise(AwaitedCode awaited, boolean bySms, String remedy) {
        return awaited.otherChannel() ? "可换" + (bySms ? "邮箱" : "短信") + "接收：请选择“换一种方式接收”。" : remedy;
    }
}
