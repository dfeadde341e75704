package org.accountsecurity.engine.rehearsal;

import java.time.Duration;
import java.util.List;
import org.accountsecurity.settings.CheckedSettings;
import org.accountsecurity.settings.SettingCheck;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The rehearsal of files before they are deployed.
 *
 * @param atDeployment whether files that the release does not ship are rehearsed at all
 * @param timeLimit time limit of one rehearsal
 * @param memory heap of the process that rehearses, as {@code -Xmx} takes it
 * @param keptFor how long that process waits for the next files
 */
@ConfigurationProperties(DeploymentRehearsalSettings.PREFIX)
record DeploymentRehearsalSettings(
        @DefaultValue("true") boolean atDeployment,
        @DefaultValue("180s") Duration timeLimit,
        @DefaultValue("384m") String memory,
        @DefaultValue("0s") Duration keptFor)
        implements CheckedSettings {

    static final String PREFIX = "account-security.rehearsal";

    @Override
    public List<String> wrong() {
        return new SettingCheck(PREFIX)
                .require(timeLimit.toSeconds() >= 1, "time-limit", "a duration of at least a second")
                .require(memory.matches("[1-9][0-9]*[mMgG]"), "memory", "a size such as 384m")
                .require(!keptFor.isNegative(), "kept-for", "a duration")
                .wrong();
    }
}
