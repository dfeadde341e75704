package org.accountsecurity.rehearsal;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Date;
import org.camunda.bpm.engine.impl.util.ClockUtil;

/** The clock of a rehearsal, for application and engine; it moves only when it is set. */
final class RehearsalClock extends Clock {

    /** A Monday morning in a year with known holidays. */
    private static final Instant START = Instant.parse("2026-11-23T02:00:00Z");

    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

    private volatile Instant now = START;

    void reset() {
        set(START);
    }

    void set(Instant instant) {
        now = instant;
        ClockUtil.setCurrentTime(Date.from(instant));
    }

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public ZoneId getZone() {
        return ZONE;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return Clock.fixed(now, zone);
    }
}
