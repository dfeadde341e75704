package org.accountsecurity.phoneunbinding;

import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.accountsecurity.request.HolderAnswer;
import org.accountsecurity.request.HolderAnswers;
import org.accountsecurity.request.HolderRequests;
import org.accountsecurity.request.MissingEvidence;
import org.accountsecurity.request.MissingEvidence.Kind;
import org.accountsecurity.request.Statement;
import org.accountsecurity.request.StatementForm;
import org.accountsecurity.request.StatementForms;
import org.accountsecurity.shop.Account;
import org.accountsecurity.shop.Masks;
import org.accountsecurity.text.Messages;
import org.accountsecurity.verification.NotVerifiedException;
import org.accountsecurity.verification.Purpose;
import org.accountsecurity.verification.Verifications;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/**
 * The evidence without which no number is bound, whatever a diagram has asked for: the holder's confirmation of this very
 * number, and the codes that the decision table requires. The caller holds the account's lock.
 */
@Component
class RebindEvidence {

    private static final Duration CONFIRMATION_VALID_FOR = Duration.ofDays(1);

    private static final StatementForm CONFIRMATION = StatementForms.of(PhoneUnbindingProcess.KEY, Statement.CONFIRMED);

    private final HolderAnswers answers;
    private final HolderRequests requests;
    private final PendingPhones pending;
    private final Verifications verifications;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    RebindEvidence(
            HolderAnswers answers,
            HolderRequests requests,
            PendingPhones pending,
            Verifications verifications,
            ApplicationEventPublisher events,
            Clock clock) {
        this.answers = answers;
        this.requests = requests;
        this.pending = pending;
        this.verifications = verifications;
        this.events = events;
        this.clock = clock;
    }

    /**
     * Spends the verifications and checks all other evidence.
     *
     * @return the confirmation that the number is bound by
     * @throws NotReadyToRebindException if something is missing, with a sentence for the holder
     */
    HolderAnswer require(String requestId, Account account) throws NotReadyToRebindException {
        HolderAnswer confirmation = confirmation(requestId, account);
        if (answers.consentBefore(confirmation).isEmpty()) {
            throw missing(Kind.CONSENT);
        }
        requireCode(requestId, Purpose.PHONE_UNBINDING, account, confirmation);
        requireCode(requestId, Purpose.NEW_PHONE, account, confirmation);
        Map<String, Object> values =
                Map.of(PhoneUnbindingProcess.MASKED_TARGET, Masks.mask(pending.candidateOf(requestId)));
        String shown = Messages.in(confirmation.language(), () -> CONFIRMATION.noticeHash(values::get));
        if (!shown.equals(confirmation.noticeHash())) {
            throw missing(Kind.NOTICE);
        }
        return confirmation;
    }

    private HolderAnswer confirmation(String requestId, Account account) throws NotReadyToRebindException {
        if (requests.committed(requestId)) {
            throw missing(Kind.CONFIRMATION, Messages.text("phone-change.already-changed"));
        }
        HolderAnswer newest = answers.newest(requestId).orElse(null);
        if (newest != null && newest.statement() == Statement.WITHDRAWN) {
            throw missing(Kind.WITHDRAWN);
        }
        if (newest == null
                || newest.statement() != Statement.CONFIRMED
                || !newest.accountId().equals(account.id())) {
            throw missing(Kind.CONFIRMATION);
        }
        if (newest.saidAt().plus(CONFIRMATION_VALID_FOR).isBefore(clock.instant())) {
            throw missing(Kind.EXPIRED);
        }
        return newest;
    }

    private void requireCode(String requestId, Purpose purpose, Account account, HolderAnswer confirmation)
            throws NotReadyToRebindException {
        if (!verifications.required(requestId, purpose)) {
            return;
        }
        try {
            verifications.spend(requestId, purpose, account, confirmation.saidAt());
        } catch (NotVerifiedException e) {
            throw missing(Kind.CODE, Messages.textOf("phone-change.missing-code-", purpose));
        }
    }

    private NotReadyToRebindException missing(Kind kind) {
        return missing(kind, Messages.textOf("phone-change.missing-", kind));
    }

    private NotReadyToRebindException missing(Kind kind, String sentence) {
        events.publishEvent(new MissingEvidence(PhoneUnbindingProcess.KEY, kind));
        return new NotReadyToRebindException(sentence);
    }
}
