package org.accountsecurity.deregistration;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.accountsecurity.policy.DeregistrationPolicy;
import org.accountsecurity.request.HolderAnswer;
import org.accountsecurity.request.HolderAnswers;
import org.accountsecurity.request.HolderRequests;
import org.accountsecurity.request.MissingEvidence;
import org.accountsecurity.request.MissingEvidence.Kind;
import org.accountsecurity.request.Statement;
import org.accountsecurity.request.StatementForm;
import org.accountsecurity.shop.Account;
import org.accountsecurity.shop.Preview;
import org.accountsecurity.text.Messages;
import org.accountsecurity.verification.NotVerifiedException;
import org.accountsecurity.verification.Purpose;
import org.accountsecurity.verification.Verifications;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/**
 * The evidence without which no account is closed, whatever a diagram has asked for: the holder's consent and confirmation,
 * the codes, the cooling-off period, and no open item. The caller holds the account's lock.
 */
@Component
class ClosingEvidence {

    private final HolderAnswers answers;
    private final HolderRequests requests;
    private final Deregistrations deregistrations;
    private final DeregistrationPolicy policy;
    private final DeregistrationNotice notice;
    private final Verifications verifications;
    private final OpenItems openItems;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    ClosingEvidence(
            HolderAnswers answers,
            HolderRequests requests,
            Deregistrations deregistrations,
            DeregistrationPolicy policy,
            DeregistrationNotice notice,
            Verifications verifications,
            OpenItems openItems,
            ApplicationEventPublisher events,
            Clock clock) {
        this.answers = answers;
        this.requests = requests;
        this.deregistrations = deregistrations;
        this.policy = policy;
        this.notice = notice;
        this.verifications = verifications;
        this.openItems = openItems;
        this.events = events;
        this.clock = clock;
    }

    /**
     * Spends the verification and checks all the evidence.
     *
     * @param held the answers of the data sets over the network, from before the account was locked
     * @return the confirmation that the account is closed by
     * @throws NotReadyToCloseException if something is missing, with a sentence for the holder
     */
    HolderAnswer require(String requestId, Account account, HeldDataSets held) throws NotReadyToCloseException {
        HolderAnswer confirmation = confirmation(requestId, account);
        requireTime(confirmation);
        HolderAnswer consent = answers.consentBefore(confirmation).orElseThrow(() -> missing(Kind.CONSENT));
        try {
            verifications.spend(requestId, Purpose.DEREGISTRATION, account, confirmation.saidAt());
        } catch (NotVerifiedException e) {
            throw missing(Kind.CODE);
        }
        requireNothingOpen(confirmation, held);
        Map<String, Preview> previews = notice.previews(requestId, account.id(), held.previews());
        if (!isOfNow(consent, previews) || !isOfNow(confirmation, previews)) {
            throw missing(Kind.NOTICE);
        }
        return confirmation;
    }

    /** Whether the notice reads now, in the language in which it was shown, as it did then. */
    private boolean isOfNow(HolderAnswer answer, Map<String, Preview> previews) {
        String now = Messages.in(answer.language(), () -> notice.text(answer.requestId(), previews));
        return StatementForm.hash(now).equals(answer.noticeHash());
    }

    private HolderAnswer confirmation(String requestId, Account account) throws NotReadyToCloseException {
        HolderAnswer newest = answers.newest(requestId).orElse(null);
        if (newest != null && newest.statement() == Statement.WITHDRAWN) {
            throw missing(Kind.WITHDRAWN);
        }
        if (newest == null
                || newest.statement() != Statement.CONFIRMED
                || !newest.accountId().equals(account.id())) {
            throw missing(Kind.CONFIRMATION);
        }
        return newest;
    }

    /** The cooling-off period begins with the confirmation, which stays valid for a time after its end. */
    private void requireTime(HolderAnswer confirmation) throws NotReadyToCloseException {
        String request = confirmation.requestId();
        Instant end = deregistrations.coolingOffEnd(request, confirmation.saidAt());
        if (end.isAfter(confirmation.saidAt()) && deregistrations.endsTooLate(request, end)) {
            deregistrations.lapse(request);
            throw missing(Kind.COOLING_OFF, Messages.text("deregistration.missing-time"));
        }
        if (requests.stillCoolingOff(request) || requests.isAhead(end)) {
            throw missing(Kind.COOLING_OFF);
        }
        Duration validFor = policy.of(request, DeregistrationPolicy.Row.CONFIRMATION_VALID_FOR);
        if (end.plus(validFor).isBefore(clock.instant())) {
            throw missing(Kind.EXPIRED);
        }
    }

    private void requireNothingOpen(HolderAnswer confirmation, HeldDataSets held) throws NotReadyToCloseException {
        if (held.since().isBefore(confirmation.saidAt())) {
            throw missing(Kind.HOLD);
        }
        openItems.store(confirmation.requestId(), held.openItems());
        openItems.checkRemaining(confirmation.requestId(), held.openItems().keySet());
        int blockers = openItems.blockers(confirmation.requestId()).size();
        if (blockers > 0) {
            throw missing(Kind.OPEN_ITEMS, "count", blockers);
        }
    }

    private NotReadyToCloseException missing(Kind kind, Object... parameters) {
        return missing(kind, Messages.textOf("deregistration.missing-", kind, parameters));
    }

    private NotReadyToCloseException missing(Kind kind, String sentence) {
        events.publishEvent(new MissingEvidence(DeregistrationProcess.KEY, kind));
        return new NotReadyToCloseException(kind, sentence);
    }
}
