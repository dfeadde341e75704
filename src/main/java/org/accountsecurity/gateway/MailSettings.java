package org.accountsecurity.gateway;

import java.util.List;
import org.accountsecurity.settings.CheckedSettings;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** @param from the address that mail is sent from, required where {@code spring.mail.host} is set */
@ConfigurationProperties(MailSettings.PREFIX)
record MailSettings(@DefaultValue("") String from) implements CheckedSettings {

    static final String PREFIX = "account-security.mail";

    @Override
    public List<String> wrong() {
        return List.of();
    }
}
