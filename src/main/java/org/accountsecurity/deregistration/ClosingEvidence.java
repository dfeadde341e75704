package org.accountsecurity.deregistration;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.accountsecurity.policy.DeregistrationPolicy;
import org.accountsecurity.request.HolderAnswer;
import org.accountsecurity.request.HolderAnswers;
import org.accountsecurity.request.HolderRequests;
import org.accountsecurity.request.MissingEvidence;
import org.accountsecurity.request.MissingEvidence.Kind;
import org.accountsecurity.request.Statement;
import org.accountsecurity.request.StatementForm;
import org.accountsecurity.shop.Account;
import org.accountsecurity.text.Messages;
import org.accountsecurity.verification.NotVerifiedException;
import org.accountsecurity.verification.Purpose;
import org.accountsecurity.verification.Verifications;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/**
 * What an account closes by, whatever the diagram asked for before: the word of its holder, the codes, the cooling-off of the
 * table, and nothing left open. The caller holds the account's lock.
 */
@Component
class ClosingEvidence {

    private static final String AGAIN = "仍看到这句话的，请撤回后重新申请。";

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
     * Spends the verification and looks for all of it.
     *
     * @param held what was said before the account was locked
     * @return the confirmation to close by
     * @throws NotReadyToCloseException if something is missing, with a sentence for the holder
     */
    HolderAnswer require(String requestId, Account account, HeldDataSets held) throws NotReadyToCloseException {
        HolderAnswer confirmation = confirmation(requestId, account);
        requireTime(confirmation);
        HolderAnswer consent = answers.consentBefore(confirmation)
                .orElseThrow(() -> missing(Kind.CONSENT, "没有您对注销须知的同意，账户没有关闭。请阅读须知并重新确认；" + AGAIN));
        try {
            verifications.spend(requestId, Purpose.DEREGISTRATION, account, confirmation.saidAt());
        } catch (NotVerifiedException e) {
            throw missing(Kind.CODE, "您的联系方式已变更，或确认之前没有验证身份，请重新验证身份。");
        }
        requireNothingOpen(confirmation, held);
        if (!isOfNow(consent, held) || !isOfNow(confirmation, held)) {
            throw missing(Kind.NOTICE, "注销须知有更新，请重新阅读。");
        }
        return confirmation;
    }

    /** Whether the notice reads now, in the language in which it was shown, as it did then. */
    private boolean isOfNow(HolderAnswer answer, HeldDataSets held) {
        return Messages.in(
                        answer.language(),
                        () -> StatementForm.hash(notice.text(answer.requestId(), answer.accountId(), held.previews())))
                .equals(answer.noticeHash());
    }

    private HolderAnswer confirmation(String requestId, Account account) throws NotReadyToCloseException {
        HolderAnswer newest = answers.newest(requestId).orElse(null);
        if (newest != null && newest.statement() == Statement.WITHDRAWN) {
            throw missing(Kind.WITHDRAWN, "您已选择撤回，账户没有关闭。仍要注销的，请重新确认。");
        }
        if (newest == null
                || newest.statement() != Statement.CONFIRMED
                || !newest.accountId().equals(account.id())) {
            throw missing(Kind.CONFIRMATION, "没有您对这次注销的最终确认，账户没有关闭。请阅读须知并重新确认；" + AGAIN);
        }
        return newest;
    }

    /** The cooling-off counts from the confirmation; a confirmation is good for a time after it. */
    private void requireTime(HolderAnswer confirmation) throws NotReadyToCloseException {
        String request = confirmation.requestId();
        Instant end = deregistrations.coolingOffEnd(request, confirmation.saidAt());
        if (end.isAfter(confirmation.saidAt()) && deregistrations.endsTooLate(request, end)) {
            deregistrations.lapse(request);
            throw missing(Kind.COOLING_OFF, "离办理期限的最后一天已不足一个冷静期，账户没有关闭，这次申请即将作废。请过几分钟重新申请。");
        }
        if (requests.stillFrozen(request) || requests.isAhead(end)) {
            throw missing(Kind.COOLING_OFF, "冷静期还没有结束，账户没有关闭。");
        }
        Duration validFor = policy.of(request, DeregistrationPolicy.Row.CONFIRMATION_VALID_FOR);
        if (end.plus(validFor).isBefore(clock.instant())) {
            throw missing(Kind.EXPIRED, "您的确认已超过有效期，账户没有关闭。请重新确认。");
        }
    }

    private void requireNothingOpen(HolderAnswer confirmation, HeldDataSets held) throws NotReadyToCloseException {
        if (held.since().isBefore(confirmation.saidAt())) {
            throw missing(Kind.HOLD, "确认之后还没有向商家的系统核对，账户没有关闭。请重新确认。");
        }
        openItems.keep(confirmation.requestId(), held.openItems());
        openItems.checkAllBut(held.openItems().keySet(), confirmation.requestId());
        int blockers = openItems.blockers(confirmation.requestId()).size();
        if (blockers > 0) {
            throw missing(Kind.OPEN_ITEMS, "确认期间新增了 " + blockers + " 个未完成事项，账户没有关闭。");
        }
    }

    private NotReadyToCloseException missing(Kind kind, String sentence) {
        events.publishEvent(new MissingEvidence(DeregistrationProcess.KEY, kind));
        return new NotReadyToCloseException(kind, sentence);
    }
}
