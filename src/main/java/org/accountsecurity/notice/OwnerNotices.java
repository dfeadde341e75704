package org.accountsecurity.notice;

import java.sql.Date;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.accountsecurity.http.PublicAddress;
import org.accountsecurity.request.HolderRequests;
import org.accountsecurity.retention.ChunkedDelete;
import org.accountsecurity.retention.Purgeable;
import org.accountsecurity.shop.Account;
import org.accountsecurity.shop.Accounts;
import org.accountsecurity.shop.Masks;
import org.accountsecurity.verification.Addresses;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** Sends the notices that process owners write into diagrams, to every bound address of the holder, once. */
@Component
class OwnerNotices implements Purgeable {

    private static final Logger LOG = LoggerFactory.getLogger(OwnerNotices.class);

    private static final String TEMPLATE = "owner-notice";
    private static final Duration KEPT = Duration.ofDays(90);

    private final HolderRequests requests;
    private final Accounts accounts;
    private final Addresses addresses;
    private final Notices notices;
    private final NoticeText words;
    private final PublicAddress address;
    private final JdbcClient jdbc;
    private final Clock clock;
    private final TransactionTemplate transaction;

    OwnerNotices(
            HolderRequests requests,
            Accounts accounts,
            Addresses addresses,
            Notices notices,
            NoticeText words,
            PublicAddress address,
            JdbcClient jdbc,
            Clock clock,
            PlatformTransactionManager transactions) {
        this.requests = requests;
        this.accounts = accounts;
        this.addresses = addresses;
        this.notices = notices;
        this.words = words;
        this.address = address;
        this.jdbc = jdbc;
        this.clock = clock;
        this.transaction = new TransactionTemplate(transactions);
        transaction.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    }

    /**
     * Sends, unless the request has ended or has had its notices of today; a repetition sends nothing more.
     *
     * @param id the same for every try
     * @param last whether there is no other try: addresses that can't be reached keep the request waiting no longer
     * @throws org.accountsecurity.gateway.MessageNotAcceptedException if there are addresses and none was reached, and there is another try
     */
    void send(String requestId, String id, String subject, String text, boolean last) {
        require(NoticeText.SUBJECT, subject);
        require(NoticeText.TEXT, text);
        if (!requests.open(requestId) || !begin(id, requestId)) {
            return;
        }
        Account account = accounts.find(requests.accountOf(requestId)).orElseThrow();
        Notice notice = Notice.of(
                id,
                Addressee.of(addresses.bound(account)),
                TEMPLATE,
                Map.of("subject", subject, "text", NoticeText.filled(text, values(requestId, account))));
        if (notices.sendToAny(notice, last ? Instant.MIN : Instant.MAX)) {
            transaction.executeWithoutResult(status -> jdbc.sql("update owner_notice set sent_at = ? where id = ?")
                    .params(Timestamp.from(clock.instant()), id)
                    .update());
        }
    }

    private void require(String input, String value) {
        words.objection(input, value).ifPresent(objection -> {
            throw new IllegalStateException("the " + input + " of a notice can't be sent: " + objection);
        });
    }

    private Map<String, Supplier<String>> values(String requestId, Account account) {
        return Map.of(
                "phone", () -> account.phone() == null ? "" : Masks.mask(account.phone()),
                "deadline", () -> requests.deadlineOf(requestId).text(),
                "login", () -> address.of("/login "));
    }

    /** False if it was sent before, or if the request has had its notices of today, which the database counts. */
    private boolean begin(String id, String requestId) {
        Optional<Boolean> sent = jdbc.sql("select sent_at is not null from owner_notice where id = ?")
                .param(id)
                .query(Boolean.class)
                .optional();
        if (sent.isPresent()) {
            return !sent.get();
        }
        Instant now = clock.instant();
        Date today = Date.valueOf(LocalDate.ofInstant(now, clock.getZone()));
        try {
            transaction.executeWithoutResult(status -> jdbc.sql(
                            "insert into owner_notice (id, request_id, sent_on, number, begun_at)"
                                    + " select ?, ?, ?, count(*) + 1, ? from owner_notice where request_id = ? and sent_on = ?")
                    .params(id, requestId, today, Timestamp.from(now), requestId, today)
                    .update());
            return true;
        } catch (DuplicateKeyException e) {
            // another notice of the request was given the same number at this moment: the job is done again
            throw e;
        } catch (DataIntegrityViolationException e) {
            LOG.warn("The request {} has had its notices of today: one more was not sent", requestId);
            return false;
        }
    }

    @Override
    public int purge(Instant now) {
        return ChunkedDelete.delete(jdbc, "owner_notice", "id", "begun_at", now.minus(KEPT));
    }
}
