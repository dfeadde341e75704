package org.accountsecurity.obligation;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.accountsecurity.request.HolderRequests;
import org.accountsecurity.text.Messages;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.stereotype.Component;

/** Fulfils overdue obligations, without the engine's jobs and independent of the diagrams; it never gives up. */
@Component
public class ObligationSweep {

    private static final Logger LOG = LoggerFactory.getLogger(ObligationSweep.class);

    private static final Duration BETWEEN_CHECKS = Duration.ofHours(1);

    private final Obligations obligations;
    private final Map<Kind, Fulfilment> fulfilments;
    private final List<ObligationCheck> checks;
    private final HolderRequests requests;
    private final Clock clock;
    private Instant checked = Instant.EPOCH;

    ObligationSweep(
            Obligations obligations,
            List<Fulfilment> fulfilments,
            List<ObligationCheck> checks,
            HolderRequests requests,
            Clock clock) {
        this.obligations = obligations;
        this.fulfilments = fulfilments.stream().collect(Collectors.toMap(Fulfilment::kind, Function.identity()));
        this.checks = checks;
        this.requests = requests;
        this.clock = clock;
    }

    /**
     * Fulfils one overdue obligation, once an hour after a check for missing ones.
     *
     * @return whether there was one
     */
    public boolean doNext() {
        if (isCheckDue()) {
            check();
        }
        Optional<Obligations.Taken> taken = obligations.take();
        taken.ifPresent(owed -> Messages.run(() -> requests.languageOf(owed.requestId()), () -> fulfil(owed)));
        return taken.isPresent();
    }

    private synchronized boolean isCheckDue() {
        Instant now = clock.instant();
        boolean due = !now.isBefore(checked.plus(BETWEEN_CHECKS));
        if (due) {
            checked = now;
        }
        return due;
    }

    /** Checks for missing obligations; one failure does not stop the others. */
    public void check() {
        for (ObligationCheck check : checks) {
            for (String id : check.lacking()) {
                try {
                    check.owe(id);
                } catch (RuntimeException e) {
                    LOG.error(
                            "{} lacks an obligation and got none, which is tried again in an hour: {}",
                            id,
                            e.getClass().getSimpleName());
                }
            }
        }
    }

    private void fulfil(Obligations.Taken taken) {
        try (MDC.MDCCloseable request = MDC.putCloseable("requestId", taken.requestId())) {
            Optional<Instant> goOn = fulfilments.get(taken.kind()).fulfil(taken.requestId(), taken.subject());
            if (!obligations.putOff(taken, goOn)) {
                LOG.info("{} {} was overdue and is done", taken.kind(), taken.subject());
            }
        } catch (RuntimeException e) {
            // the message may quote an address or a record
            LOG.warn(
                    "{} {} is overdue, failed {} times and is tried again: {}",
                    taken.kind(),
                    taken.subject(),
                    taken.attempt(),
                    e.getClass().getSimpleName());
            obligations.putOff(taken, Optional.empty());
        }
    }
}
