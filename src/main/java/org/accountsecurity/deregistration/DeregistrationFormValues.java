package org.accountsecurity.deregistration;

import java.time.Clock;
import java.time.format.DateTimeFormatter;
import org.accountsecurity.deregistration.receipt.Receipts;
import org.accountsecurity.request.FormValue;
import org.accountsecurity.request.HolderRequests;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What the forms of a deregistration show, by the names that they use. */
@Configuration(proxyBeanMethods = false)
class DeregistrationFormValues {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("M 月 d 日 HH:mm");

    @Bean
    FormValue notice(Deregistrations deregistrations) {
        return FormValue.named("notice", deregistrations::noticeOf);
    }

    @Bean
    FormValue openItemRows(OpenItems openItems) {
        return FormValue.named(
                "openItems",
                request ->
                        openItems.blockers(request).stream().map(Blocker::row).toList());
    }

    @Bean
    FormValue settleable(OpenItems openItems) {
        return FormValue.named(
                "settleable",
                request -> openItems.blockers(request).stream()
                        .filter(blocker -> blocker.settledBy() == SettledBy.PROCESS)
                        .map(Blocker::option)
                        .toList());
    }

    @Bean
    FormValue finishBy(HolderRequests requests) {
        return FormValue.named(
                "finishBy", request -> requests.deadlineOf(request).inChinese());
    }

    @Bean
    FormValue coolingOffEnds(HolderRequests requests, Clock clock) {
        return FormValue.named(
                "coolingOffEnds",
                request -> requests.frozenUntil(request)
                        .map(end -> TIME.format(end.atZone(clock.getZone())))
                        .orElse(null));
    }

    @Bean
    FormValue receiptNumber(Receipts receipts) {
        return FormValue.named("receiptNumber", receipts::number);
    }

    @Bean
    FormValue receiptSecret(Receipts receipts) {
        return FormValue.named("receiptSecret", receipts::secret);
    }
}
