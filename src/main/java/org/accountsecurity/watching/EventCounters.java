package org.accountsecurity.watching;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Locale;
import org.accountsecurity.deregistration.AccountStranded;
import org.accountsecurity.deregistration.erasure.ErasureEvent;
import org.accountsecurity.gateway.Channel;
import org.accountsecurity.gateway.MessageDelivered;
import org.accountsecurity.gateway.MessageSent;
import org.accountsecurity.gateway.SmsSettings;
import org.accountsecurity.request.AnswerCounted;
import org.accountsecurity.request.MissingEvidence;
import org.accountsecurity.shop.DataSet;
import org.accountsecurity.verification.CodeEvent;
import org.accountsecurity.verification.Purpose;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionalEventListener;

/**
 * Counts events on this node. Events that a rollback would undo are counted after the commit; a message that a gateway
 * took, a charged try and a failed attempt are counted at once.
 */
@Component
class EventCounters {

    /** Of an SMS in Chinese (UCS-2): alone, and as a part of a longer one. */
    private static final int ONE_SEGMENT = 70;

    private static final int SEGMENT = 67;

    private final MeterRegistry registry;
    private final Counter segments;
    private final Counter spend;
    private final Counter stranded;
    private final double priceFen;

    EventCounters(MeterRegistry registry, List<DataSet> dataSets, SmsSettings sms) {
        this.registry = registry;
        this.priceFen = sms.priceFen();
        this.segments = Counter.builder("account.security.sms.segments")
                .description("SMS that gateways took, in segments as operators charge them")
                .register(registry);
        this.spend = Counter.builder("account.security.sms.spend")
                .description("What these segments cost")
                .baseUnit("fen")
                .register(registry);
        this.stranded = Counter.builder("account.security.accounts.stranded")
                .description("Closing accounts for which nothing was owed, until the sweep found them")
                .register(registry);
        // registered with zero, so that the first event counts as an increase
        for (Purpose purpose : Purpose.values()) {
            for (CodeEvent.Outcome outcome : CodeEvent.Outcome.values()) {
                codes(new CodeEvent(purpose, outcome));
            }
        }
        for (Channel channel : Channel.values()) {
            receipts(new MessageDelivered(channel, true));
            receipts(new MessageDelivered(channel, false));
        }
        for (MissingEvidence.Kind kind : MissingEvidence.Kind.values()) {
            missing(kind);
        }
        for (DataSet dataSet : dataSets) {
            for (ErasureEvent.Outcome outcome : ErasureEvent.Outcome.values()) {
                erasures(new ErasureEvent(dataSet.name(), outcome));
            }
        }
    }

    @EventListener
    void on(MessageSent message) {
        counter(
                        "account.security.messages",
                        "Messages that were handed to gateways, by their answer",
                        "channel",
                        lower(message.channel()),
                        "gateway",
                        message.gateway(),
                        "outcome",
                        lower(message.outcome()))
                .increment();
        if (message.channel() == Channel.SMS && message.outcome() == MessageSent.Outcome.ACCEPTED) {
            int taken = segments(message.characters());
            segments.increment(taken);
            spend.increment(taken * priceFen);
        }
    }

    @EventListener
    void on(MessageDelivered receipt) {
        receipts(receipt).increment();
    }

    @EventListener(condition = "#event.outcome().survivesRollback()")
    void atOnce(CodeEvent event) {
        codes(event).increment();
    }

    @TransactionalEventListener(condition = "!#event.outcome().survivesRollback()", fallbackExecution = true)
    void afterCommit(CodeEvent event) {
        codes(event).increment();
    }

    @EventListener(condition = "#event.outcome().survivesRollback()")
    void atOnce(ErasureEvent event) {
        erasures(event).increment();
    }

    @TransactionalEventListener(condition = "!#event.outcome().survivesRollback()", fallbackExecution = true)
    void afterCommit(ErasureEvent event) {
        erasures(event).increment();
    }

    @TransactionalEventListener
    void afterCommit(AnswerCounted counted) {
        counter(
                        "account.security.answers",
                        "Answers to the questions of forms that are counted",
                        "question",
                        counted.question(),
                        "answer",
                        counted.answer())
                .increment();
    }

    @TransactionalEventListener(fallbackExecution = true)
    void afterCommit(MissingEvidence evidence) {
        missing(evidence.kind()).increment();
    }

    @TransactionalEventListener(fallbackExecution = true)
    void afterCommit(AccountStranded event) {
        stranded.increment();
    }

    static int segments(int characters) {
        return characters <= ONE_SEGMENT ? 1 : (characters + SEGMENT - 1) / SEGMENT;
    }

    private Counter codes(CodeEvent event) {
        return counter(
                "account.security.codes",
                "One-time codes, by outcome",
                "purpose",
                lower(event.purpose()),
                "outcome",
                lower(event.outcome()));
    }

    private Counter receipts(MessageDelivered receipt) {
        return counter(
                "account.security.message.receipts",
                "Delivery receipts of gateways, by outcome",
                "channel",
                lower(receipt.channel()),
                "outcome",
                receipt.delivered() ? "delivered" : "undelivered");
    }

    private Counter missing(MissingEvidence.Kind kind) {
        return counter(
                "account.security.evidence.missing",
                "Commit points that lacked evidence, by kind of evidence",
                "missing",
                lower(kind));
    }

    private Counter erasures(ErasureEvent event) {
        return counter(
                "account.security.erasures",
                "Erasures of data sets, by outcome",
                "data_set",
                event.dataSet(),
                "outcome",
                lower(event.outcome()));
    }

    private Counter counter(String name, String description, String... tags) {
        return Counter.builder(name).description(description).tags(tags).register(registry);
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
