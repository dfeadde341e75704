package org.accountsecurity.text;

/** Cuts a text between characters, and never through one that takes two places. */
public final class Excerpt {

    private Excerpt() {}

    /** At most so many characters of the beginning. */
    public static String first(String text, int characters) {
        return text.codePointCount(0, text.length()) <= characters
                ? text
                : text.substring(0, text.offsetByCodePoints(0, characters));
    }

    /** At most so many characters of the end. */
    public static String last(String text, int characters) {
        return text.codePointCount(0, text.length()) <= characters
                ? text
                : text.substring(text.offsetByCodePoints(text.length(), -characters));
    }
}
