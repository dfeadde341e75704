package org.accountsecurity.time;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.accountsecurity.startup.StartRefusedException;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;
import org.springframework.stereotype.Component;

/**
 * Lets the engine's time follow the database's, so that timers and locks mean the same on every node: how far the node's
 * clock is off is measured again and again. What the engine does not decide, such as the end of a session, goes by the
 * node's clock; a node whose clock is far off does not start. A clock other than the database's moves the engine itself.
 */
@Component
class EngineClockSync implements SmartLifecycle {

    private static final Duration TOLERATED = Duration.ofSeconds(30);

    private static final Logger LOG = LoggerFactory.getLogger(EngineClockSync.class);

    private static final int PERIOD_SECONDS = 10;
    /** In milliseconds. A longer measurement is too inexact; a smaller difference is ignored. */
    private static final long LONGEST_MEASUREMENT = 1_000;

    private static final long SMALLEST_DIFFERENCE = 20;
    private static final long WORTH_A_WARNING = 5_000;

    private final Clock clock;

    private ScheduledExecutorService measurements;
    /** Milliseconds from the node's clock to the engine's time. */
    private long offset;

    EngineClockSync(Clock clock) {
        this.clock = clock;
    }

    @Override
    public synchronized void start() {
        if (clock instanceof DatabaseClock) {
            follow();
            if (Math.abs(offset) > TOLERATED.toMillis()) {
                ClockUtil.reset();
                throw wrongClock();
            }
            measurements = Executors.newSingleThreadScheduledExecutor(new CustomizableThreadFactory("engine-time-"));
            measurements.scheduleWithFixedDelay(
                    this::followIfPossible, PERIOD_SECONDS, PERIOD_SECONDS, TimeUnit.SECONDS);
        }
    }

    private StartRefusedException wrongClock() {
        return new StartRefusedException(
                "This node's clock is " + Math.abs(offset) / 1_000 + " seconds "
                        + (offset < 0 ? "ahead of" : "behind") + " that of the database, more than "
                        + TOLERATED.toSeconds() + ".",
                "Let NTP set the clocks of all nodes, and start again.");
    }

    @Override
    public synchronized void stop() {
        if (measurements != null) {
            measurements.shutdownNow();
            measurements = null;
            ClockUtil.reset();
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return measurements != null;
    }

    /** Before the job executor. */
    @Override
    public int getPhase() {
        return 0;
    }

    /** Keeps the last difference if the database is not reachable; an exception would end the schedule. */
    private void followIfPossible() {
        try {
            follow();
        } catch (RuntimeException | Error e) {
            LOG.debug("The time of the database was not measured", e);
        }
    }

    private void follow() {
        long begun = System.nanoTime();
        long engine = ClockUtil.now().getTime();
        long database = clock.millis();
        long took = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);
        long difference = database - took / 2 - engine;
        if (took > LONGEST_MEASUREMENT || Math.abs(difference) < SMALLEST_DIFFERENCE) {
            return;
        }
        offset += difference;
        ClockUtil.offset(offset);
        if (Math.abs(offset) > WORTH_A_WARNING) {
            LOG.warn("This node's clock is {} ms off that of the database, which the engine follows", -offset);
        }
    }
}
