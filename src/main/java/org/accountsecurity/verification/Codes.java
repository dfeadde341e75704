package org.accountsecurity.verification;

import java.time.Clock;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.accountsecurity.gateway.Channel;
import org.accountsecurity.request.HolderRequests;
import org.accountsecurity.shop.Account;
import org.accountsecurity.shop.Accounts;
import org.accountsecurity.shop.Masks;
import org.accountsecurity.text.Messages;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Issues one-time codes under limits, checks them and voids them; {@link CodeOutbox} sends them. */
@Component
class Codes {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);
    /** Without I and O, which a holder could read as 1 and 0. */
    private static final String LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ";

    private final CodeStore store;
    private final CodeAllowance allowance;
    private final AttemptLedger charges;
    private final CodeGenerator generator;
    private final VerificationPolicies policies;
    private final Addresses addresses;
    private final HolderRequests requests;
    private final Accounts accounts;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    Codes(
            CodeStore store,
            CodeAllowance allowance,
            AttemptLedger charges,
            CodeGenerator generator,
            VerificationPolicies policies,
            Addresses addresses,
            HolderRequests requests,
            Accounts accounts,
            ApplicationEventPublisher events,
            Clock clock) {
        this.store = store;
        this.allowance = allowance;
        this.charges = charges;
        this.generator = generator;
        this.policies = policies;
        this.addresses = addresses;
        this.requests = requests;
        this.accounts = accounts;
        this.events = events;
        this.clock = clock;
    }

    /**
     * Issues a new code and voids the ones before, or keeps the usable one where a limit forbids another.
     *
     * @throws SendingRefusedException if a limit forbids another and there is none to keep
     */
    @Transactional
    IssuedCode issue(String verificationId, String requestId, Purpose purpose, ChannelChoice choice)
            throws SendingRefusedException {
        VerificationPolicy policy = policies.of(requestId, purpose);
        Account account = accounts.lock(requests.accountOf(requestId));
        Instant now = clock.instant();
        Map<Channel, String> targets = addresses.of(requestId, purpose, account);
        Optional<Code> newest = store.newest(verificationId);
        Channel channel = choice.among(targets.keySet(), newest.map(Code::channel));
        String targetHash = generator.hash(targets.get(channel));
        allowance.lock(account.id(), now);
        allowance.lock(targetHash, now);

        Optional<Instant> pause = allowance.pausedUntil(account.id(), now);
        if (pause.isPresent()) {
            publish(purpose, CodeEvent.Outcome.REFUSED);
            throw new SendingRefusedException(paused(pause.get()));
        }
        Optional<String> refusal = refusal(purpose, policy, account, targetHash, newest, now);
        if (refusal.isPresent()) {
            publish(purpose, CodeEvent.Outcome.REFUSED);
            Code kept = newest.filter(code -> code.usableAt(now))
                    .orElseThrow(() -> new SendingRefusedException(refusal.get()));
            return new IssuedCode(store.lockExpiry(kept.id()), refusal.get());
        }

        store.openVerification(verificationId, requestId, purpose, account.id(), account.version(), now);
        store.voidAll(verificationId, now);
        int number = newest.map(Code::number).orElse(0) + 1;
        Code code = new Code(
                UUID.randomUUID().toString(),
                number,
                serial(verificationId, number),
                channel,
                targetHash,
                now,
                now.plus(policy.timeToLive()),
                policy.tries(),
                false,
                false,
                false);
        store.insert(verificationId, code);
        store.reserveSend(code, account.id(), purpose);
        publish(purpose, CodeEvent.Outcome.ISSUED);
        return new IssuedCode(code.expiresAt(), choice.unavailable(targets.keySet()) ? text("no-other-channel") : null);
    }

    /** The code that the request waits for, as it is now. */
    Optional<AwaitedCode> awaited(String requestId) {
        return store.awaited(requestId)
                .flatMap(verification ->
                        store.newest(verification.id()).map(code -> awaited(requestId, verification.purpose(), code)));
    }

    private AwaitedCode awaited(String requestId, Purpose purpose, Code code) {
        VerificationPolicy policy = policies.of(requestId, purpose);
        Account account = accounts.find(requests.accountOf(requestId)).orElseThrow();
        Instant now = clock.instant();
        CodeStore.SendsTo sent = store.sendsTo(code.targetHash(), now);
        String target = addresses.ofAny(requestId, purpose, account).get(code.channel());
        return new AwaitedCode(
                code,
                target == null ? text("unbound") : Masks.mask(target),
                time(code.expiresAt()),
                time(resendAt(sent, policy, now).orElse(now)),
                Math.max(0, Math.min(policy.sendsPerHour() - sent.lastHour(), policy.sendsPerDay() - sent.lastDay())),
                store.sending(code.id(), now),
                purpose != Purpose.NEW_PHONE && addresses.bound(account).size() > 1);
    }

    /**
     * Charges a try, then compares, then spends: the try stays charged if the caller's transaction is rolled back, and a
     * repetition of the same submission finds it charged.
     */
    CheckedCode check(String verificationId, String requestId, Purpose purpose, String typed) {
        VerificationPolicy policy = policies.of(requestId, purpose);
        Account account = accounts.find(requests.accountOf(requestId)).orElseThrow();
        Instant now = clock.instant();
        List<Code> codes = store.codes(verificationId);
        Code newest = codes.get(0);
        boolean again = charges.isCharged(newest.id());
        Optional<Instant> pause = again ? Optional.empty() : allowance.pausedUntil(account.id(), now);
        if (pause.isPresent()) {
            publish(purpose, CodeEvent.Outcome.PAUSED);
            return CheckedCode.refused(paused(pause.get()));
        }
        if (!charges.charge(newest.id(), account.id(), policy, now)) {
            publish(purpose, CodeEvent.Outcome.LATE);
            return triesLeft(verificationId) > 0 ? retry(newest, text("expired")) : exhausted(policy);
        }
        Map<Channel, String> targets = addresses.of(requestId, purpose, account);
        if (matches(newest, verificationId, purpose, account, targets, policy, typed)) {
            // as when a code is issued: first the account's allowance, then its codes
            allowance.lock(account.id(), now);
            if (!store.spend(newest.id(), now)) {
                publish(purpose, CodeEvent.Outcome.LATE);
                return retry(newest, text("expired"));
            }
            store.accept(verificationId, account.version(), newest.targetHash(), now);
            allowance.reset(account.id(), now);
            publish(purpose, CodeEvent.Outcome.ACCEPTED);
            return CheckedCode.accepted();
        }
        int triesLeft = triesLeft(verificationId);
        if (codes.stream()
                .skip(1)
                .anyMatch(older -> matches(older, verificationId, purpose, account, targets, policy, typed))) {
            charges.refund(newest.id(), account.id());
            publish(purpose, CodeEvent.Outcome.OUTDATED);
            return retry(newest, text("outdated", "serial", newest.serial()));
        }
        if (!again) {
            publish(purpose, CodeEvent.Outcome.WRONG);
        }
        return triesLeft > 0 ? retry(newest, text("wrong", "tries", triesLeft)) : exhausted(policy);
    }

    void voidAll(String verificationId) {
        store.voidAll(verificationId, clock.instant());
    }

    private void publish(Purpose purpose, CodeEvent.Outcome outcome) {
        events.publishEvent(new CodeEvent(purpose, outcome));
    }

    private Optional<String> refusal(
            Purpose purpose,
            VerificationPolicy policy,
            Account account,
            String targetHash,
            Optional<Code> newest,
            Instant now) {
        // counted over all requests, so that a new request does not shorten the wait
        CodeStore.SendsTo sent = store.sendsTo(targetHash, now);
        Optional<Instant> resendAt = resendAt(sent, policy, now);
        if (resendAt.isPresent()) {
            boolean usable = newest.filter(code -> code.usableAt(now)).isPresent();
            return Optional.of(text(usable ? "wait" : "wait-without-code", "time", time(resendAt.get())));
        }
        if (sent.lastHour() >= policy.sendsPerHour()) {
            return Optional.of(text("hour-used-up"));
        }
        boolean dayIsOver =
                sent.lastDay() >= policy.sendsPerDay() || store.sendsOf(account.id(), now) >= policy.sendsPerDay();
        if (dayIsOver && purpose == Purpose.NEW_PHONE) {
            return Optional.of(text("day-used-up"));
        }
        // a bound address still gets one an hour: nobody can lock the holder out by using up the day's sends
        if (dayIsOver && sent.lastHour() > 0) {
            return Optional.of(text("day-used-up-hourly"));
        }
        if (policy.shopSendsPerHour() != null && store.sendsFor(purpose, now) >= policy.shopSendsPerHour()) {
            return Optional.of(text("shop-used-up"));
        }
        return Optional.empty();
    }

    /** When the wait after the last code to an address ends; empty if it has ended. */
    private static Optional<Instant> resendAt(CodeStore.SendsTo sent, VerificationPolicy policy, Instant now) {
        return Optional.ofNullable(sent.lastUnspent())
                .map(last -> last.plus(policy.waitAfter(sent.unspent())))
                .filter(now::isBefore);
    }

    private boolean matches(
            Code code,
            String verificationId,
            Purpose purpose,
            Account account,
            Map<Channel, String> targets,
            VerificationPolicy policy,
            String typed) {
        String target = targets.get(code.channel());
        return target != null
                && CodeGenerator.equal(
                        generator.code(
                                verificationId, purpose, target, account.version(), code.serial(), policy.length()),
                        typed);
    }

    private int triesLeft(String verificationId) {
        return store.newest(verificationId).orElseThrow().triesLeft();
    }

    private CheckedCode retry(Code code, String message) {
        return new CheckedCode(CheckedCode.Result.RETRY, message, store.lockExpiry(code.id()));
    }

    private static CheckedCode exhausted(VerificationPolicy policy) {
        return CheckedCode.refused(text("tries-used-up", "tries", policy.tries()));
    }

    private String paused(Instant until) {
        return text("paused", "time", time(until));
    }

    private static String text(String what, Object... parameters) {
        return Messages.text("verification." + what, parameters);
    }

    private String time(Instant instant) {
        return TIME.format(instant.atZone(clock.getZone()));
    }

    private static String serial(String verificationId, int number) {
        int letter = Math.floorMod(verificationId.hashCode() + number, LETTERS.length());
        return "" + LETTERS.charAt(letter) + number % 10;
    }
}
