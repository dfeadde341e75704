package org.accountsecurity.shop;

import com.google.i18n.phonenumbers.PhoneNumberUtil;
import java.util.List;
import org.accountsecurity.settings.CheckedSettings;
import org.accountsecurity.settings.SettingCheck;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** @param phoneRegions regions whose mobile numbers may be bound, as ISO 3166 codes; the first one's need no prefix */
@ConfigurationProperties(PhoneSettings.PREFIX)
record PhoneSettings(@DefaultValue("CN") List<String> phoneRegions) implements CheckedSettings {

    static final String PREFIX = "account-security";

    @Override
    public List<String> wrong() {
        return new SettingCheck(PREFIX)
                .require(
                        !phoneRegions.isEmpty()
                                && PhoneNumberUtil.getInstance()
                                        .getSupportedRegions()
                                        .containsAll(phoneRegions),
                        "phone-regions",
                        "ISO 3166 codes of regions, such as CN, HK")
                .wrong();
    }
}
