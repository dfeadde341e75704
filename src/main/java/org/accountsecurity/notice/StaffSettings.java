package org.accountsecurity.notice;

import java.util.List;
import org.accountsecurity.settings.CheckedSettings;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** @param mail where staff is reached; blank if nowhere */
@ConfigurationProperties(StaffSettings.PREFIX)
record StaffSettings(@DefaultValue("") String mail) implements CheckedSettings {

    static final String PREFIX = "account-security.staff";

    @Override
    public List<String> wrong() {
        return List.of();
    }
}
