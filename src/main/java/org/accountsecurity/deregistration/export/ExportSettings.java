package org.accountsecurity.deregistration.export;

import java.time.Duration;
import java.util.List;
import org.accountsecurity.settings.CheckedSettings;
import org.accountsecurity.settings.SettingCheck;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * The limits of data copies.
 *
 * @param atOnce copies that a node makes at a time, and so the most that it reads of one data set at a time
 * @param timeLimit time limit of a copy; one that takes longer has failed
 * @param sizeLimit size limit of a copy, zipped
 */
@ConfigurationProperties(ExportSettings.PREFIX)
record ExportSettings(
        @DefaultValue("2") int atOnce,
        @DefaultValue("15m") Duration timeLimit,
        @DefaultValue("1GB") DataSize sizeLimit) implements CheckedSettings {

    static final String PREFIX = "account-security.export";

    @Override
    public List<String> wrong() {
        return new SettingCheck(PREFIX)
                .require(atOnce >= 1 && atOnce <= 16, "at-once", "a number from 1 to 16")
                .require(timeLimit.toSeconds() >= 1, "time-limit", "a duration of at least a second")
                .require(sizeLimit.toMegabytes() >= 1, "size-limit", "a size of at least 1MB")
                .wrong();
    }
}
