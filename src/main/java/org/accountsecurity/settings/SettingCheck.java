package org.accountsecurity.settings;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/** Collects a sentence for each wrong setting under one prefix. */
public final class SettingCheck {

    private final String prefix;
    private final List<String> wrong = new ArrayList<>();

    public SettingCheck(String prefix) {
        this.prefix = prefix;
    }

    /** Says, unless it is good, what to set the property to. */
    public SettingCheck require(boolean good, String property, String what) {
        return good ? this : add("Set " + prefix + "." + property + " to " + what + ".");
    }

    public SettingCheck add(String sentence) {
        wrong.add(sentence);
        return this;
    }

    public List<String> wrong() {
        return wrong;
    }

    /** Whether it is an http or https address without credentials and fragment. */
    public static boolean isWebAddress(String url) {
        try {
            URI address = URI.create(url == null ? "" : url);
            return ("http".equals(address.getScheme()) || "https".equals(address.getScheme()))
                    && address.getHost() != null
                    && address.getUserInfo() == null
                    && address.getFragment() == null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
