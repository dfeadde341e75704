package org.accountsecurity.notice;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.accountsecurity.gateway.Message;
import org.accountsecurity.gateway.MessageNotAcceptedException;
import org.accountsecurity.gateway.Messenger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Sends notices to all their addressees on channels with a gateway, each in a transaction of its own: what was sent stays
 * sent, and a repetition sends to the others.
 */
@Component
public class Notices {

    private static final Logger LOG = LoggerFactory.getLogger(Notices.class);

    private final Messenger messenger;
    private final TransactionTemplate transaction;
    private final Clock clock;

    public Notices(Messenger messenger, PlatformTransactionManager transactions, Clock clock) {
        this.messenger = messenger;
        this.transaction = new TransactionTemplate(transactions);
        transaction.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        this.clock = clock;
    }

    /** As {@link #sendToAll(Notice, Instant)}, without an end to the attempts. */
    public void sendToAll(Notice notice) {
        sendToAll(notice, Instant.MAX);
    }

    /**
     * Sends to every addressee.
     *
     * @param giveUpAt from when on those that can't be reached are left out, with a warning in the log
     * @throws MessageNotAcceptedException before that, if one was not reached: repeat it later
     */
    public void sendToAll(Notice notice, Instant giveUpAt) {
        List<Addressee> missed = missed(notice);
        if (!missed.isEmpty()) {
            giveUp(notice, missed, giveUpAt, "not all addresses were reached");
        }
    }

    /**
     * Sends to every addressee, of whom one is enough; with no addressee at all, nothing is to do.
     *
     * @return false if none was reached
     * @throws MessageNotAcceptedException before {@code giveUpAt}, if none was reached: repeat it later
     */
    public boolean sendToAny(Notice notice, Instant giveUpAt) {
        List<Addressee> missed = missed(notice);
        boolean reached = missed.isEmpty() || missed.size() < reachable(notice).size();
        if (!reached) {
            giveUp(notice, missed, giveUpAt, "no address was reached");
        }
        return reached;
    }

    private List<Addressee> missed(Notice notice) {
        return reachable(notice).stream()
                .filter(addressee -> !send(notice, addressee))
                .toList();
    }

    private List<Addressee> reachable(Notice notice) {
        return notice.addressees().stream()
                .filter(addressee -> messenger.delivers(addressee.channel()))
                .toList();
    }

    private boolean send(Notice notice, Addressee addressee) {
        if (notice.sent(addressee)) {
            return true;
        }
        Message message = notice.message(addressee);
        try {
            transaction.executeWithoutResult(status -> {
                messenger.send(message);
                notice.markSent(addressee);
            });
            return true;
        } catch (MessageNotAcceptedException e) {
            return false;
        }
    }

    private void giveUp(Notice notice, List<Addressee> missed, Instant giveUpAt, String reason) {
        if (clock.instant().isBefore(giveUpAt)) {
            throw new MessageNotAcceptedException(missed.get(0).channel(), reason);
        }
        LOG.warn("The notice {} did not reach {} addresses and is not sent again", notice.id(), missed.size());
    }
}
