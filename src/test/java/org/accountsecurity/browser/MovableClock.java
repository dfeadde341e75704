package org.accountsecurity.browser;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import org.camunda.bpm.engine.impl.util.ClockUtil;

/** The real time, which a test may put forward, for the application and the engine alike. */
class MovableClock extends Clock {

    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

    private volatile Duration ahead = Duration.ZERO;

    void forward(Duration duration) {
        set(ahead.plus(duration));
    }

    void reset() {
        set(Duration.ZERO);
    }

    private void set(Duration duration) {
        ahead = duration;
        ClockUtil.offset(duration.toMillis());
    }

    @Override
    public Instant instant() {
        return Instant.now().plus(ahead).truncatedTo(ChronoUnit.MILLIS);
    }

    @Override
    public ZoneId getZone() {
        return ZONE;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return Clock.offset(Clock.system(zone), ahead);
    }
}
