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
import org.accountsecurity.text.Messages;
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
                return Messages.text("deregistration.closes-at-once");
            }
            return deregistrations.endsTooLate(request, end)
                    ? Messages.text("deregistration.cools-off-too-late")
                    : Messages.text("deregistration.cools-off", "time", text(Duration.between(now, end)));
        });
    }

    private static String text(Duration time) {
        if (time.equals(Duration.ofDays(time.toDays()))) {
            return Messages.text("deregistration.days", "count", time.toDays());
        }
        return time.equals(Duration.ofHours(time.toHours()))
                ? Messages.text("deregistration.hours", "count", time.toHours())
                : Messages.text(
                        "deregistration.minutes",
                        "count",
                        time.plusMinutes(1).minusNanos(1).toMinutes());
    }

    @Bean
    FormValues exportState(DataExports exports) {
        return FormValues.named("exportState", exports::stateOf);
    }

    @Bean
    FormValues finishBy(HolderRequests requests) {
        return FormValues.forStaff(
                "finishBy", request -> requests.deadlineOf(request).text());
    }

    @Bean
    FormValues coolingOffEnds(HolderRequests requests, Clock clock) {
        return FormValues.named(
                "coolingOffEnds",
                request -> requests.coolingOffEnd(request)
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
