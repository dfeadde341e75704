package org.accountsecurity.deregistration;

import java.time.Clock;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.accountsecurity.deregistration.export.DataExports;
import org.accountsecurity.deregistration.receipt.Receipts;
import org.accountsecurity.request.FormValues;
import org.accountsecurity.request.HolderRequests;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What the forms of a deregistration show, by the names that they use. */
@Configuration(proxyBeanMethods = false)
class DeregistrationFormValues {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("M 月 d 日 HH:mm", Locale.ROOT);

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
                request -> openItems.blockers(request).stream()
                        .filter(blocker -> blocker.settledBy() == SettledBy.PROCESS)
                        .map(Blocker::option)
                        .toList());
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
                        .map(end -> TIME.format(end.atZone(clock.getZone())))
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
