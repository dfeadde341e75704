package org.accountsecurity.startup;

import java.util.List;
import java.util.Map;
import org.accountsecurity.settings.CheckedSettings;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** The first administrator, whom the engine creates in an empty database. */
@ConfigurationProperties(AdminSettings.PREFIX)
record AdminSettings(
        @DefaultValue("") String id, @DefaultValue("") String password) implements CheckedSettings {

    static final String PREFIX = "account-security.admin";

    @Override
    public List<String> wrong() {
        return id.isBlank() || password.isBlank()
                ? List.of("Set " + PREFIX + ".id and " + PREFIX + ".password for the first administrator.")
                : List.of();
    }

    @Override
    public Map<String, String> secrets() {
        return Map.of(PREFIX + ".password", password);
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "AdminSettings[]";
    }
}
