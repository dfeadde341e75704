package org.accountsecurity.contest;

import java.util.List;
import java.util.function.Function;
import org.accountsecurity.gateway.Message;
import org.accountsecurity.gateway.MessageNotAcceptedException;
import org.accountsecurity.gateway.Messenger;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** Tells every address of an account of a sensitive step, each once, with a link of its own to say "that was not me". */
@Component
public class ContestableNotices {

    private final ContestLinks links;
    private final Messenger messenger;
    private final TransactionTemplate transaction;

    ContestableNotices(ContestLinks links, Messenger messenger, PlatformTransactionManager transactions) {
        this.links = links;
        this.messenger = messenger;
        this.transaction = new TransactionTemplate(transactions);
        transaction.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    }

    /**
     * Sends to those on channels with a gateway; what is told stays told, and a repetition sends to those that are left.
     *
     * @param text for each addressee; it ends where the sentence with the link begins
     * @return those that were not reached
     */
    public List<Addressee> send(
            String requestId,
            Occasion occasion,
            List<Addressee> addressees,
            String subject,
            Function<Addressee, String> text) {
        return addressees.stream()
                .filter(addressee -> messenger.delivers(addressee.channel()))
                .filter(addressee -> !told(requestId, occasion, addressee, subject, text.apply(addressee)))
                .toList();
    }

    /** The sentence with the link, for a message that is sent by somebody else. */
    public String sentence(String requestId, Occasion occasion, Addressee addressee) {
        try {
            transaction.executeWithoutResult(status -> links.create(requestId, occasion, addressee));
        } catch (DuplicateKeyException e) {
            // the same notice is being sent by somebody else
        }
        return "不是我操作：" + links.address(requestId, occasion, addressee);
    }

    /** The link works before it is sent: nobody can come too early. */
    private boolean told(String requestId, Occasion occasion, Addressee addressee, String subject, String text) {
        if (links.told(requestId, occasion, addressee)) {
            return true;
        }
        Message message = new Message(
                addressee.channel(),
                addressee.address(),
                subject,
                text + sentence(requestId, occasion, addressee),
                requestId + "-" + occasion + "-" + addressee.name());
        try {
            transaction.executeWithoutResult(status -> {
                messenger.send(message);
                links.noteTold(requestId, occasion, addressee);
            });
        } catch (MessageNotAcceptedException e) {
            return false;
        }
        return true;
    }
}
