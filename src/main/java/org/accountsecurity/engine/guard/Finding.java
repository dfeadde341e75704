package org.accountsecurity.engine.guard;

import java.util.regex.Pattern;

/**
 * Why a deployment is refused.
 *
 * @param element the id of the element, or the name of the file
 * @param text what is wrong and what to do, in Chinese
 */
public record Finding(String element, String text) {

    private static final Pattern BREAKS = Pattern.compile("[\\s\\p{Z}\\p{Cc}]+");

    /** A line each, whatever the names in it say. */
    public Finding {
        element = BREAKS.matcher(element).replaceAll(" ");
        text = BREAKS.matcher(text).replaceAll(" ");
    }

    @Override
    public String toString() {
        return element + " " + text;
    }
}
