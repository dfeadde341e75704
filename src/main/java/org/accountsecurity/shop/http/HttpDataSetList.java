package org.accountsecurity.shop.http;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.accountsecurity.settings.CheckedSettings;
import org.accountsecurity.settings.SettingCheck;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** @param dataSets data sets that the shop offers over HTTP */
@ConfigurationProperties(HttpDataSetList.PREFIX)
record HttpDataSetList(@DefaultValue List<HttpDataSetSettings> dataSets) implements CheckedSettings {

    static final String PREFIX = "account-security";

    @Override
    public List<String> wrong() {
        SettingCheck check = new SettingCheck(PREFIX);
        Set<String> names = new HashSet<>();
        for (int index = 0; index < dataSets.size(); index++) {
            HttpDataSetSettings settings = dataSets.get(index);
            settings.check(check, "data-sets[" + index + "].");
            if (settings.name() != null && !names.add(settings.name())) {
                check.add("Two blocks of " + PREFIX + ".data-sets have the name " + settings.name()
                        + "; give each its own.");
            }
        }
        return check.wrong();
    }
}
