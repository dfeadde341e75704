package org.accountsecurity.shop.http;

import java.time.Duration;
import java.util.regex.Pattern;
import org.accountsecurity.settings.SettingCheck;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * One block of {@code account-security.data-sets}.
 *
 * @param url of the service, without a slash at the end
 * @param timeout for the connection, for a whole answer, and for every pause within an export
 * @param retries after a first call that failed
 * @param anonymises whether the service can keep records without anything that leads to the holder
 */
record HttpDataSetSettings(
        String name,
        String url,
        String token,
        @DefaultValue("5s") Duration timeout,
        @DefaultValue("2") int retries,
        @DefaultValue("false") boolean anonymises) {

    private static final Pattern KEBAB_CASE = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");
    private static final Pattern VISIBLE_ASCII = Pattern.compile("[!-~]+");

    HttpDataSetSettings {
        url = url == null ? "" : url.strip().replaceFirst("/+$", "");
    }

    void check(SettingCheck check, String block) {
        check.require(name != null && KEBAB_CASE.matcher(name).matches(), block + "name", "a name in kebab-case")
                .require(
                        SettingCheck.isWebAddress(url) && !url.contains("?"),
                        block + "url",
                        "the http or https address of the service, without a query")
                .require(
                        token != null && VISIBLE_ASCII.matcher(token).matches(),
                        block + "token",
                        "the service's bearer token")
                .require(timeout.toMillis() > 0, block + "timeout", "a duration above zero")
                .require(retries >= 0, block + "retries", "0 or more");
    }

    /** Without the token. */
    @Override
    public String toString() {
        return "HttpDataSetSettings[" + name + "]";
    }
}
