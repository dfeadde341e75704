package org.accountsecurity.engine.guard;

import java.util.regex.Pattern;

/**
 * Why a deployment is refused.
 *
 * @param file the name of the file
 * @param element the id of the element; the name of the file, where it is about the whole
 * @param text what is wrong and what to do, in Chinese
 */
public record Finding(String file, String element, String text) {

    private static final Pattern BREAKS = Pattern.compile("[\\s\\p{Z}\\p{Cc}]+");

    /** A line each, whatever the names in it say. */
    public Finding {
        element = BREAKS.matcher(element).replaceAll(" ");
        text = BREAKS.matcher(text).replaceAll(" ");
    }

    Finding(String file, String text) {
        this(file, file, text);
    }

    @Override
    public String toString() {
        return file.equals(element) ? file + " " + text : file + " 里的 " + element + " " + text;
    }
}
