package org.accountsecurity.shop.http;

import java.net.URI;
import java.time.Duration;
import java.util.regex.Pattern;
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

    static final String PREFIX = "account-security.data-sets";

    private static final Pattern KEBAB_CASE = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");
    private static final Pattern VISIBLE_ASCII = Pattern.compile("[!-~]+");

    HttpDataSetSettings {
        url = url == null ? "" : url.strip().replaceFirst("/+$", "");
    }

    /** Says what to set, and never what was set. */
    void check(int index) {
        require(name != null && KEBAB_CASE.matcher(name).matches(), index, "name", "a name in kebab-case");
        require(isServiceAddress(), index, "url", "the http or https address of the service, without a query");
        require(token != null && VISIBLE_ASCII.matcher(token).matches(), index, "token", "the service's bearer token");
        require(timeout.toMillis() > 0, index, "timeout", "a duration above zero");
        require(retries >= 0, index, "retries", "0 or more");
    }

    private boolean isServiceAddress() {
        try {
            URI address = URI.create(url);
            return ("http".equals(address.getScheme()) || "https".equals(address.getScheme()))
                    && address.getHost() != null
                    && address.getUserInfo() == null
                    && address.getQuery() == null
                    && address.getFragment() == null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static void require(boolean good, int index, String property, String what) {
        if (!good) {
            throw new IllegalStateException("Set " + PREFIX + "[" + index + "]." + property + " to " + what + ".");
        }
    }

    /** Without the token. */
    @Override
    public String toString() {
        return "HttpDataSetSettings[" + name + "]";
    }
}
