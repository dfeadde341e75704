package org.accountsecurity.deregistration;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.accountsecurity.deregistration.export.DataExports;
import org.accountsecurity.deregistration.receipt.Receipts;
import org.accountsecurity.request.FormValues;
import org.accountsecurity.request.HolderRequests;
import org.accountsecurity.request.OfferedOptions;
import org.accountsecurity.text.MinuteText;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What the forms of a deregistration show, by the names that they use. */
@Configuration(proxyBeanMethods = false)
class DeregistrationFormValues {

    @Bean
    FormValues notice(Deregistrations deregistrations) {
        return FormValues.markdown("notice", deregistrations::noticeOf);
    }

    @Bean
    FormValues openItemRows(OpenItems openItems) {
        return FormValues.named(
                "openItems",
                request ->
                        openItems.blockers(request).stream().map(Blocker::row).toList());
    }

    @Bean
    FormValues settleable(OpenItems openItems) {
        return FormValues.named(
                "settleable",
                request -> openItems.settleable(request).stream()
                        .map(Blocker::option)
                        .toList());
    }

    @Bean
    FormValues openItemChoices(OpenItems openItems) {
        return FormValues.named("openItemChoices", request -> {
            List<Blocker> settleable = openItems.settleable(request);
            return (OfferedOptions) choice -> !settleable.isEmpty() || !choice.equals("SETTLE");
        });
    }

    @Bean
    FormValues afterConfirmation(Deregistrations deregistrations, Clock clock) {
        return FormValues.markdown("afterConfirmation", request -> {
            Instant now = clock.instant();
            Instant end = deregistrations.coolingOffEnd(request, now);
            if (!end.isAfter(now)) {
                return "确认后将**立即关闭账户**并清除数据，**不可恢复**。";
            }
            return deregistrations.endsTooLate(request, end)
                    ? "离办理期限的最后一天已不足一个冷静期，确认后**账户不会关闭**，申请作废。请撤回后重新申请。"
                    : "确认后有 **" + inChinese(Duration.between(now, end))
                            + "** 的冷静期，期间可以撤回；冷静期结束时自动**关闭账户**并清除数据，**不可恢复**。";
        });
    }

    private static String inChinese(Duration time) {
        if (time.equals(Duration.ofDays(time.toDays()))) {
            return time.toDays() + " 天";
        }
        return time.equals(Duration.ofHours(time.toHours()))
                ? time.toHours() + " 小时"
                : time.plusMinutes(1).minusNanos(1).toMinutes() + " 分钟";
    }

    @Bean
    FormValues exportState(DataExports exports) {
        return FormValues.named("exportState", exports::progressOf);
    }

    @Bean
    FormValues finishBy(HolderRequests requests) {
        return FormValues.forStaff(
                "finishBy", request -> requests.deadlineOf(request).inChinese());
    }

    @Bean
    FormValues coolingOffEnds(HolderRequests requests, Clock clock) {
        return FormValues.named(
                "coolingOffEnds",
                request -> requests.frozenUntil(request)
                        .map(end -> MinuteText.of(end, clock.getZone()))
                        .orElse(null));
    }

    @Bean
    FormValues receiptNumber(Receipts receipts) {
        return FormValues.named("receiptNumber", receipts::number);
    }

    @Bean
    FormValues receiptSecret(Receipts receipts) {
        return FormValues.named("receiptSecret", receipts::secret);
    }
}
