package org.accountsecurity.deregistration.export;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.accountsecurity.concurrency.DueWork;
import org.accountsecurity.policy.DeregistrationPolicy;
import org.accountsecurity.policy.RetentionTable;
import org.accountsecurity.request.HolderRequests;
import org.accountsecurity.shop.DataSetCatalogue;
import org.accountsecurity.text.Messages;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Makes the copies in the queue. Data sets are read outside of any transaction, so that a slow one occupies neither a
 * connection of the database nor a job.
 */
@Component
public class ExportMaking implements DueWork {

    private static final Logger LOG = LoggerFactory.getLogger(ExportMaking.class);

    private final ExportOrders orders;
    private final DataSetCatalogue dataSets;
    private final RetentionTable retention;
    private final DeregistrationPolicy policy;
    private final HolderRequests requests;
    private final ExportSettings settings;
    private final Clock clock;
    private volatile boolean ending;

    ExportMaking(
            ExportOrders orders,
            DataSetCatalogue dataSets,
            RetentionTable retention,
            DeregistrationPolicy policy,
            HolderRequests requests,
            ExportSettings settings,
            Clock clock) {
        this.orders = orders;
        this.dataSets = dataSets;
        this.retention = retention;
        this.policy = policy;
        this.requests = requests;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * Makes the copy that has waited longest, or puts it off if that fails.
     *
     * @return whether there was one
     */
    public boolean makeNext() {
        Optional<ExportOrders.Order> next = orders.take();
        next.ifPresent(order -> Messages.run(() -> requests.languageOf(order.requestId()), () -> make(order)));
        return next.isPresent();
    }

    @Override
    public boolean doNext() {
        return makeNext();
    }

    /** Whether the node shuts down: a copy in progress is given up. */
    void setEnding(boolean ending) {
        this.ending = ending;
    }

    private void make(ExportOrders.Order order) {
        Turn turn = new Turn(order, clock.instant());
        ExportParts parts = new ExportParts(turn::write);
        try {
            try (DataArchive archive =
                    new DataArchive(parts, LocalDateTime.ofInstant(turn.began, clock.getZone()), turn::goOn)) {
                archive.write(order.accountId(), sections(order.requestId()));
            }
            orders.finish(order, parts.bytes(), policy.of(order.requestId(), DeregistrationPolicy.Row.EXPORT_KEPT_FOR));
        } catch (IOException | RuntimeException e) {
            if (ending) {
                orders.giveBack(order);
                return;
            }
            orders.putOff(order)
                    .ifPresent(pause -> LOG.warn(
                            "The copy for the request {} failed {} times and is tried again in {}: {}",
                            order.requestId(),
                            order.attempt(),
                            pause,
                            e instanceof NotCopiedException
                                    ? e.getMessage()
                                    : e.getClass().getSimpleName()));
        }
    }

    private List<DataArchive.Section> sections(String requestId) {
        List<DataArchive.Section> sections = new ArrayList<>();
        for (String name : dataSets.getNames()) {
            sections.add(new DataArchive.Section(
                    dataSets.get(name),
                    retention.of(requestId, name).label(),
                    name.matches("[\\w-]+") ? name : "data-set-" + (sections.size() + 1)));
        }
        return sections;
    }

    /** One attempt, with its limits of time and size. */
    private final class Turn {

        private static final long LOOK_NANOSECONDS = 1_000_000_000L;

        private final ExportOrders.Order order;
        private final Instant began;
        private long lookedAt = System.nanoTime();
        private long written;

        Turn(ExportOrders.Order order, Instant began) {
            this.order = order;
            this.began = began;
        }

        void write(int number, byte[] content) {
            written += content.length;
            if (written > settings.sizeLimit().toBytes()) {
                throw new NotCopiedException("it is larger than " + ExportSettings.PREFIX + ".size-limit");
            }
            requireTime();
            if (!orders.write(order, number, content)) {
                throw new NotCopiedException("it is not wanted any more");
            }
        }

        /** Called for each record; checks at most once a second. */
        void goOn() {
            long now = System.nanoTime();
            if (now - lookedAt < LOOK_NANOSECONDS) {
                return;
            }
            lookedAt = now;
            requireTime();
            if (!orders.renew(order)) {
                throw new NotCopiedException("it is not wanted any more");
            }
        }

        private void requireTime() {
            if (ending) {
                throw new NotCopiedException("the node ends");
            }
            if (began.plus(settings.timeLimit()).isBefore(clock.instant())) {
                throw new NotCopiedException("it takes longer than " + ExportSettings.PREFIX + ".time-limit");
            }
        }
    }
}
