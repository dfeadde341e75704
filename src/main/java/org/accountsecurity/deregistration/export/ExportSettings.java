package org.accountsecurity.deregistration.export;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * The limits of data copies.
 *
 * @param atOnce copies that a node makes at a time, and so the most that it reads of one data set at a time
 * @param timeLimit of a copy; one that takes longer has failed
 * @param sizeLimit of a copy, zipped
 */
@ConfigurationProperties(ExportSettings.PREFIX)
record ExportSettings(
        @DefaultValue("2") int atOnce,
        @DefaultValue("15m") Duration timeLimit,
        @DefaultValue("1GB") DataSize sizeLimit) {

    static final String PREFIX = "account-security.export";

    ExportSettings {
        require(atOnce >= 1 && atOnce <= 16, "at-once", "a number from 1 to 16");
        require(timeLimit.toSeconds() >= 1, "time-limit", "a duration of at least a second");
        require(sizeLimit.toMegabytes() >= 1, "size-limit", "a size of at least 1MB");
    }

    private static void require(boolean good, String property, String what) {
        if (!good) {
            throw new IllegalStateException("Set " + PREFIX + "." + property + " to " + what + ".");
        }
    }
}
