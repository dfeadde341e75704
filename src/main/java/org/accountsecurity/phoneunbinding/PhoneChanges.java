package org.accountsecurity.phoneunbinding;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.accountsecurity.contest.AccountRestrictedException;
import org.accountsecurity.contest.ContestableNotices;
import org.accountsecurity.contest.Contests;
import org.accountsecurity.contest.Occasion;
import org.accountsecurity.contest.UnboundPhones;
import org.accountsecurity.gateway.Channel;
import org.accountsecurity.notice.Addressee;
import org.accountsecurity.notice.Notices;
import org.accountsecurity.obligation.Kind;
import org.accountsecurity.obligation.Obligations;
import org.accountsecurity.obligation.OwedOnce;
import org.accountsecurity.obligation.RequestProcess;
import org.accountsecurity.request.HolderAnswer;
import org.accountsecurity.request.HolderRequests;
import org.accountsecurity.shop.Account;
import org.accountsecurity.shop.AccountStatus;
import org.accountsecurity.shop.Accounts;
import org.accountsecurity.shop.Masks;
import org.accountsecurity.shop.PhoneNumbers;
import org.accountsecurity.shop.PhoneTakenException;
import org.accountsecurity.text.Messages;
import org.accountsecurity.verification.Purpose;
import org.accountsecurity.verification.Verifications;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** The change of an account's phone number, from the request to the notices. */
@Component
class PhoneChanges implements RequestProcess, OwedOnce {

    /** After the change. */
    private static final Duration PATIENCE = Duration.ofDays(1);

    /** The longest that any diagram may take to the change: the tasks of the shipped one end within two days. */
    private static final Duration LONGEST = Duration.ofDays(7);

    private static final Duration TELL = Duration.ofMinutes(30);
    /** A process that waits for nothing any more. */
    private static final Duration END = Duration.ofDays(1);

    /** So that a holder can't find out by trying which numbers are bound. */
    private static final int CHECKS_PER_DAY = 10;

    private final HolderRequests requests;
    private final PendingPhones pending;
    private final Accounts accounts;
    private final PhoneNumbers phoneNumbers;
    private final Verifications verifications;
    private final RebindEvidence evidence;
    private final Contests contests;
    private final Notices notices;
    private final ContestableNotices contestable;
    private final UnboundPhones unbound;
    private final Obligations obligations;

    PhoneChanges(
            HolderRequests requests,
            PendingPhones pending,
            Accounts accounts,
            PhoneNumbers phoneNumbers,
            Verifications verifications,
            RebindEvidence evidence,
            Contests contests,
            Notices notices,
            ContestableNotices contestable,
            UnboundPhones unbound,
            Obligations obligations) {
        this.requests = requests;
        this.pending = pending;
        this.accounts = accounts;
        this.phoneNumbers = phoneNumbers;
        this.verifications = verifications;
        this.evidence = evidence;
        this.contests = contests;
        this.notices = notices;
        this.contestable = contestable;
        this.unbound = unbound;
        this.obligations = obligations;
    }

    @Override
    public String key() {
        return PhoneUnbindingProcess.KEY;
    }

    @Override
    public void owe(String requestId) {
        if (requests.committed(requestId)) {
            obligations.owe(requestId, Kind.NOTIFY_PHONE_CHANGED, TELL);
            obligations.owe(requestId, Kind.END_REQUEST, END);
        } else {
            obligations.owe(requestId, Kind.END_REQUEST, LONGEST);
        }
    }

    /** Whether the policy asks for the holder to be verified first. */
    boolean holderVerificationRequired(String requestId) {
        return verifications.required(requestId, Purpose.PHONE_UNBINDING);
    }

    /**
     * Checks a typed number and keeps it as the candidate.
     *
     * @return the candidate, masked
     */
    @Transactional
    String propose(String requestId, String typed) throws PhoneNotUsableException {
        String phone = phoneNumbers.mobile(typed).orElseThrow(() -> unusable("invalid"));
        Account account = accounts.lock(requests.accountOf(requestId));
        if (phone.equals(account.phone())) {
            throw unusable("same");
        }
        if (pending.countCheck(account.id()) > CHECKS_PER_DAY) {
            throw unusable("too-many-checks");
        }
        if (accounts.phoneInUse(phone)) {
            throw unusable("not-usable");
        }
        pending.propose(requestId, phone);
        return Masks.mask(phone);
    }

    /**
     * The commit point: locks the account, demands the evidence and binds the new number, all in one transaction.
     *
     * @throws PhoneNotUsableException if another account has bound the number meanwhile, or this one is no longer
     *     active or no longer what was verified; everything is as it was, and no verification is spent
     */
    @Transactional(propagation = Propagation.NESTED, rollbackFor = PhoneNotUsableException.class)
    void rebind(String requestId) throws PhoneNotUsableException {
        Account account = accounts.lock(requests.accountOf(requestId));
        if (account.status() != AccountStatus.ACTIVE || requests.coolingOff(account.id())) {
            throw unusable("not-active");
        }
        try {
            contests.requireUnrestricted(account.id());
        } catch (AccountRestrictedException e) {
            throw new PhoneNotUsableException(e.getMessage());
        }
        HolderAnswer confirmation = evidence.require(requestId, account);
        try {
            accounts.changePhone(account.id(), pending.candidateOf(requestId));
        } catch (PhoneTakenException e) {
            throw unusable("not-usable");
        }
        pending.keepOldPhone(requestId, account.phone());
        if (account.phone() != null) {
            unbound.keep(account.id(), account.phone());
        }
        requests.commit(requestId, confirmation.id());
        owe(requestId);
    }

    private static PhoneNotUsableException unusable(String reason) {
        return new PhoneNotUsableException(Messages.text("phone-change." + reason));
    }

    @Override
    public Kind kind() {
        return Kind.NOTIFY_PHONE_CHANGED;
    }

    /**
     * Tells the old and the new number, those that were unbound before and the mail address, and forgets the numbers of the
     * change; a repetition tells those that are left, or finds nothing to do. What can't be reached for a day is waited for
     * no longer.
     *
     * @throws org.accountsecurity.gateway.MessageNotAcceptedException if an address was not reached and there is time to try again
     */
    @Override
    @Transactional
    public void fulfil(String requestId) {
        obligations.lock(requestId, Kind.NOTIFY_PHONE_CHANGED);
        pending.reboundAt(requestId).ifPresent(reboundAt -> {
            notices.sendToAll(
                    contestable.notice(
                            requestId,
                            Occasion.PHONE_CHANGED,
                            addressees(requestId),
                            addressee -> "phone-changed-" + Addressee.kind(addressee.name())),
                    reboundAt.plus(PATIENCE));
            pending.forget(requestId);
        });
        obligations.done(requestId, Kind.NOTIFY_PHONE_CHANGED);
    }

    private List<Addressee> addressees(String requestId) {
        Account account = accounts.find(requests.accountOf(requestId)).orElseThrow();
        Optional<String> oldPhone = pending.oldPhoneOf(requestId);
        List<Addressee> addressees = new ArrayList<>();
        oldPhone.map(phone -> new Addressee("OLD", Channel.SMS, phone)).ifPresent(addressees::add);
        addressees.add(new Addressee("NEW", Channel.SMS, pending.candidateOf(requestId)));
        if (account.mail() != null) {
            addressees.add(new Addressee(Channel.EMAIL, account.mail()));
        }
        unbound.of(account).stream()
                .filter(former -> !oldPhone.equals(Optional.of(former.address())))
                .forEach(addressees::add);
        return addressees;
    }

    /** Ends the request and forgets its numbers, unless they are still to be told by an account that is there. */
    @Override
    @Transactional
    public void end(String requestId, String outcome) {
        requests.end(requestId, outcome);
        boolean gone = accounts.find(requests.accountOf(requestId))
                .filter(account -> account.status() != AccountStatus.CLOSED)
                .isEmpty();
        if (gone || pending.reboundAt(requestId).isEmpty()) {
            pending.forget(requestId);
        }
    }
}
