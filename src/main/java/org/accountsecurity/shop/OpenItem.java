package org.accountsecurity.shop;

import org.accountsecurity.text.Excerpt;

/**
 * Something between an account and its closing.
 *
 * @param kind what the decision table {@code deregistration-eligibility} knows, such as {@code UNPAID_ORDER}; of
 *     {@value #KIND_LENGTH} characters at most
 * @param reference the shop's own key of the item, unique within the data set and the account, never shown; of
 *     {@value #REFERENCE_LENGTH} characters at most
 * @param label what the holder reads, in Chinese, without order text; cut after {@value #LABEL_LENGTH} characters
 * @param amountFen in fen, 0 where there is no amount
 */
public record OpenItem(String kind, String reference, String label, long amountFen) {

    public static final int KIND_LENGTH = 64;
    public static final int REFERENCE_LENGTH = 100;
    public static final int LABEL_LENGTH = 200;

    private static final String CUT = "…";

    /** @throws IllegalArgumentException with a sentence that quotes nothing */
    public OpenItem {
        requireKey(kind, KIND_LENGTH, "the kind of an open item");
        requireKey(reference, REFERENCE_LENGTH, "the reference of an open item");
        label = readable(label);
    }

    private static void requireKey(String text, int length, String what) {
        if (text.isBlank() || length(text) > length || text.codePoints().anyMatch(OpenItem::isUnreadable)) {
            throw new IllegalArgumentException(
                    what + " has to be 1 to " + length + " characters without control characters");
        }
    }

    private static String readable(String label) {
        String clean = label.codePoints()
                .map(character -> isUnreadable(character) ? ' ' : character)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString()
                .strip();
        if (clean.isEmpty()) {
            throw new IllegalArgumentException("the label of an open item has to say something");
        }
        return length(clean) <= LABEL_LENGTH ? clean : Excerpt.first(clean, LABEL_LENGTH - CUT.length()) + CUT;
    }

    /** Not stored by every database: control characters, and half of a pair of surrogates. */
    private static boolean isUnreadable(int character) {
        return Character.isISOControl(character) || Character.getType(character) == Character.SURROGATE;
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }
}
