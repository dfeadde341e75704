package org.accountsecurity.watching;

import java.time.Duration;
import java.util.List;
import org.accountsecurity.settings.CheckedSettings;
import org.accountsecurity.settings.SettingCheck;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the application is watched.
 *
 * @param readEvery figures are read from the database when they are asked for, and at most that often
 * @param daysAtRisk a request is at risk when at most so many working days are left of its time
 */
@ConfigurationProperties(WatchingSettings.PREFIX)
record WatchingSettings(
        @DefaultValue("15s") Duration readEvery,
        @DefaultValue("2") int daysAtRisk) implements CheckedSettings {

    static final String PREFIX = "account-security.watching";

    @Override
    public List<String> wrong() {
        return new SettingCheck(PREFIX)
                .require(!readEvery.isNegative(), "read-every", "a duration")
                .require(daysAtRisk >= 0, "days-at-risk", "0 or more")
                .wrong();
    }
}
