package org.accountsecurity.engine.edit;

import java.util.List;
import org.accountsecurity.settings.CheckedSettings;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** @param folder where the watched folders are; the working directory if it is blank */
@ConfigurationProperties(EditSettings.PREFIX)
record EditSettings(@DefaultValue("") String folder) implements CheckedSettings {

    static final String PREFIX = "account-security.edit";

    @Override
    public List<String> wrong() {
        return List.of();
    }
}
