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
 * What a number is bound by, whatever the diagram asked for before: the word of the holder for just this number, and the codes
 * that the table requires. The caller holds the account's lock.
 */
@Component
class RebindEvidence {

    private static final Duration CONFIRMATION_VALID_FOR = Duration.ofDays(1);

    private static final String NO_CONSENT = "没有您已阅读解绑须知的记录，手机号没有更换。请选择撤回，然后重新申请更换。";

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
     * Looks for all of it.
     *
     * @return the confirmation to bind by
     * @throws PhoneNotUsableException if something is missing, with a sentence for the holder
     */
    HolderAnswer require(String requestId, Account account) throws PhoneNotUsableException {
        HolderAnswer confirmation = confirmation(requestId, account);
        if (answers.consentBefore(confirmation).isEmpty()) {
            throw missing(Kind.CONSENT, NO_CONSENT);
        }
        requireCode(
                requestId,
                Purpose.PHONE_UNBINDING,
                account,
                confirmation,
                "您的账户信息在验证后有变更，或确认之前没有验证身份。为保护您的账户，请选择撤回，然后重新申请更换。");
        requireCode(requestId, Purpose.NEW_PHONE, account, confirmation, "您的账户信息在验证后有变更，请重新输入并验证新手机号。");
        Map<String, Object> values =
                Map.of(PhoneUnbindingProcess.MASKED_TARGET, Masks.mask(pending.candidateOf(requestId)));
        String shown = Messages.in(confirmation.language(), () -> CONFIRMATION.noticeHash(values::get));
        if (!shown.equals(confirmation.noticeHash())) {
            throw missing(Kind.NOTICE, "您确认的不是这个号码，手机号没有更换。请重新输入并验证新手机号。");
        }
        return confirmation;
    }

    /**
     * Looks for what can't be made good later, before a number is verified in vain.
     *
     * @throws PhoneNotUsableException if the request was begun under a version that kept no answers
     */
    void requireAnswers(String requestId) throws PhoneNotUsableException {
        if (answers.newest(requestId).isEmpty()) {
            throw missing(Kind.CONSENT, NO_CONSENT);
        }
    }

    /** Spends the verifications, once the number is bound: of one that is taken the holder need not be verified again. */
    void spend(String requestId, Account account, HolderAnswer confirmation) {
        spend(requestId, Purpose.PHONE_UNBINDING, account, confirmation);
        spend(requestId, Purpose.NEW_PHONE, account, confirmation);
    }

    private HolderAnswer confirmation(String requestId, Account account) throws PhoneNotUsableException {
        if (requests.committed(requestId)) {
            throw missing(Kind.CONFIRMATION, "这次申请已经更换过手机号。要再次更换，请重新申请。");
        }
        HolderAnswer newest = answers.newest(requestId).orElse(null);
        if (newest != null && newest.statement() == Statement.WITHDRAWN) {
            throw missing(Kind.WITHDRAWN, "您已选择撤回，手机号没有更换。仍要更换的，请重新输入新手机号并确认。");
        }
        if (newest == null
                || newest.statement() != Statement.CONFIRMED
                || !newest.accountId().equals(account.id())) {
            throw missing(Kind.CONFIRMATION, "没有您对这次更换的确认，手机号没有更换。请重新确认；仍看到这句话的，请撤回后重新申请。");
        }
        if (newest.saidAt().plus(CONFIRMATION_VALID_FOR).isBefore(clock.instant())) {
            throw missing(Kind.EXPIRED, "您的确认已超过有效期，手机号没有更换。请重新输入新手机号并确认。");
        }
        return newest;
    }

    private void requireCode(
            String requestId, Purpose purpose, Account account, HolderAnswer confirmation, String sentence)
            throws PhoneNotUsableException {
        if (verifications.required(requestId, purpose)
                && !verifications.stands(requestId, purpose, account, confirmation.saidAt())) {
            throw missing(Kind.CODE, sentence);
        }
    }

    private void spend(String requestId, Purpose purpose, Account account, HolderAnswer confirmation) {
        if (!verifications.required(requestId, purpose)) {
            return;
        }
        try {
            verifications.spend(requestId, purpose, account, confirmation.saidAt());
        } catch (NotVerifiedException e) {
            throw new IllegalStateException("the change was not verified", e);
        }
    }

    private PhoneNotUsableException missing(Kind kind, String sentence) {
        events.publishEvent(new MissingEvidence(PhoneUnbindingProcess.KEY, kind));
        return new PhoneNotUsableException(sentence);
    }
}
