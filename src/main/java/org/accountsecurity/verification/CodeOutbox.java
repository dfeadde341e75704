package org.accountsecurity.verification;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.accountsecurity.concurrency.DueWork;
import org.accountsecurity.gateway.Message;
import org.accountsecurity.gateway.MessageNotAcceptedException;
import org.accountsecurity.gateway.Messenger;
import org.accountsecurity.request.HolderRequests;
import org.accountsecurity.shop.Account;
import org.accountsecurity.shop.Accounts;
import org.accountsecurity.text.Messages;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The issued codes that wait to be sent. A code is stored with the transaction that issues it and sent outside the
 * engine: one node claims it and sends it without a transaction, and tries again if no gateway takes it.
 */
@Component
class CodeOutbox implements DueWork {

    static final List<Duration> PAUSES = List.of(Duration.ofSeconds(10), Duration.ofSeconds(30), Duration.ofMinutes(1));

    /** Longer than all gateways together may take; after it, the node that claimed the code has failed. */
    private static final Duration LEASE = Duration.ofMinutes(1);

    private static final int LOOKED_AT = 20;
    private static final Logger LOG = LoggerFactory.getLogger(CodeOutbox.class);

    private final JdbcClient jdbc;
    private final CodeStore store;
    private final CodeGenerator generator;
    private final VerificationPolicies policies;
    private final Addresses addresses;
    private final HolderRequests requests;
    private final Accounts accounts;
    private final Messenger messenger;
    private final SendLedger sends;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    CodeOutbox(
            JdbcClient jdbc,
            CodeStore store,
            CodeGenerator generator,
            VerificationPolicies policies,
            Addresses addresses,
            HolderRequests requests,
            Accounts accounts,
            Messenger messenger,
            SendLedger sends,
            ApplicationEventPublisher events,
            Clock clock) {
        this.jdbc = jdbc;
        this.store = store;
        this.generator = generator;
        this.policies = policies;
        this.addresses = addresses;
        this.requests = requests;
        this.accounts = accounts;
        this.messenger = messenger;
        this.sends = sends;
        this.events = events;
        this.clock = clock;
    }

    /**
     * A code that is due.
     *
     * @param open whether the request still runs
     */
    private record Due(
            String codeId, String verificationId, String requestId, Purpose purpose, int attempts, boolean open) {}

    /** Sends one due code, on this node alone; false if there is none. */
    boolean sendNext() {
        Instant now = clock.instant();
        for (List<Due> due = due(now); !due.isEmpty(); due = due(now)) {
            Optional<Due> claimed =
                    due.stream().filter(code -> claim(code, now)).findFirst();
            if (claimed.isPresent()) {
                send(claimed.get(), now);
                return true;
            }
        }
        return false;
    }

    @Override
    public boolean doNext() {
        return sendNext();
    }

    private List<Due> due(Instant now) {
        return jdbc.sql("select c.id, c.verification_id, v.request_id, v.purpose, c.send_attempts,"
                        + " r.id is not null and r.ended_at is null as open_request"
                        + " from verification_code c join verification v on v.id = c.verification_id"
                        + " left join holder_request r on r.id = v.request_id"
                        + " where c.send_due_at <= ? order by c.send_due_at limit " + LOOKED_AT)
                .param(Timestamp.from(now))
                .query((row, number) -> new Due(
                        row.getString("id"),
                        row.getString("verification_id"),
                        row.getString("request_id"),
                        Purpose.valueOf(row.getString("purpose")),
                        row.getInt("send_attempts"),
                        row.getBoolean("open_request")))
                .list();
    }

    private boolean claim(Due due, Instant now) {
        return jdbc.sql("update verification_code set send_due_at = ?, send_attempts = send_attempts + 1"
                                + " where id = ? and send_due_at <= ?")
                        .params(Timestamp.from(now.plus(LEASE)), due.codeId(), Timestamp.from(now))
                        .update()
                == 1;
    }

    private void send(Due due, Instant now) {
        Code code = store.code(due.codeId());
        if (!due.open() || code.delivered() || !code.usableAt(now)) {
            giveUp(due);
            return;
        }
        try (MDC.MDCCloseable request = MDC.putCloseable("requestId", due.requestId())) {
            Messages.run(() -> requests.languageOf(due.requestId()), () -> send(due, code));
        } catch (RuntimeException e) {
            failed(due, e);
        }
    }

    private void send(Due due, Code code) {
        Purpose purpose = due.purpose();
        VerificationPolicy policy = policies.of(due.requestId(), purpose);
        Account account = accounts.find(requests.accountOf(due.requestId())).orElseThrow();
        String target = addresses.of(due.requestId(), purpose, account).get(code.channel());
        String digits = generator.code(
                due.verificationId(), purpose, target, account.version(), code.serial(), policy.length());
        String minutes = Long.toString(policy.timeToLive().toMinutes());
        try {
            messenger.send(Message.of(
                    code.channel(),
                    target,
                    "verification-code",
                    Map.of("action", purpose.action(), "code", digits, "serial", code.serial(), "minutes", minutes),
                    code.id()));
        } catch (MessageNotAcceptedException e) {
            sends.failed(code.id(), e.mayHaveGone());
            throw e;
        }
        sends.accepted(code, account.id(), purpose, policy.timeToLive(), clock.instant());
        events.publishEvent(new CodeEvent(purpose, CodeEvent.Outcome.SENT));
    }

    /** Logs only messages of our own exceptions: others may quote an address. */
    private void failed(Due due, RuntimeException failure) {
        String reason = failure instanceof MessageNotAcceptedException
                ? failure.getMessage()
                : failure.getClass().getSimpleName();
        if (due.attempts() < PAUSES.size()) {
            LOG.warn("The code {} was not sent and is tried again: {}", due.codeId(), reason);
            Instant next = clock.instant().plus(PAUSES.get(due.attempts()));
            jdbc.sql("update verification_code set send_due_at = ? where id = ?")
                    .params(Timestamp.from(next), due.codeId())
                    .update();
            return;
        }
        LOG.error("The code {} was not sent and is not tried again: {}", due.codeId(), reason);
        giveUp(due);
        events.publishEvent(new CodeEvent(due.purpose(), CodeEvent.Outcome.UNSENT));
    }

    private void giveUp(Due due) {
        jdbc.sql("update verification_code set send_due_at = null where id = ?")
                .param(due.codeId())
                .update();
    }
}
