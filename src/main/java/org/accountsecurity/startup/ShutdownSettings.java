package org.accountsecurity.startup;

import java.time.Duration;
import java.util.List;
import org.accountsecurity.settings.CheckedSettings;
import org.accountsecurity.settings.SettingCheck;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** @param drain how long a node that was told to end goes on taking requests */
@ConfigurationProperties(ShutdownSettings.PREFIX)
record ShutdownSettings(@DefaultValue("0s") Duration drain) implements CheckedSettings {

    static final String PREFIX = "account-security";

    @Override
    public List<String> wrong() {
        return new SettingCheck(PREFIX)
                .require(!drain.isNegative(), "drain", "a duration, or leave it out")
                .wrong();
    }
}
