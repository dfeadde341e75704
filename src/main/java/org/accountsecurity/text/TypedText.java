package org.accountsecurity.text;

import java.text.Normalizer;
import java.util.function.IntUnaryOperator;
import java.util.regex.Pattern;

/**
 * The one spelling of what people type or paste, before it is compared; {@code typed-text.js} does the same in the browser.
 * A password is never changed.
 */
public final class TypedText {

    /** Comes along when a number is copied, as from the contacts of a phone. */
    private static final Pattern INVISIBLE = Pattern.compile(
            "[\\u00AD\\u061C\\u180E\\u200B-\\u200F\\u202A-\\u202E\\u2060-\\u206F\\uFE00-\\uFE0F\\uFEFF[\\p{Cc}&&\\S]]");

    private static final Pattern DASH = Pattern.compile("[\\p{Pd}\\u2212\\u30FC]");
    private static final Pattern BLANK = Pattern.compile("[\\s\\p{Z}]+");
    /** What groups the digits of a number. */
    private static final Pattern SEPARATOR = Pattern.compile("[\\s\\p{Z}.\\u00B7\\u30FB\\u3002()-]+");

    /** Nobody types more. Among the compatible forms are eighteen characters for one, and anybody may send what they like. */
    private static final int LONGEST = 1_000;

    private TypedText() {}

    /** Without invisible characters and blanks around it; wide characters, foreign digits and dashes as plain ones. */
    public static String plain(String typed) {
        if (typed.length() > LONGEST) {
            return typed;
        }
        String narrow = Normalizer.normalize(typed, Normalizer.Form.NFKC);
        String visible = INVISIBLE.matcher(narrow).replaceAll("");
        return mapped(DASH.matcher(visible).replaceAll("-"), TypedText::plainDigit)
                .strip();
    }

    /** A number or a code: without what groups its digits too. */
    public static String number(String typed) {
        return SEPARATOR.matcher(plain(typed)).replaceAll("");
    }

    /** A mail address: in small letters, of ASCII alone, as the database compares them. */
    public static String mail(String typed) {
        String address = BLANK.matcher(plain(typed)).replaceAll("").replace('。', '.');
        return mapped(address, letter -> letter >= 'A' && letter <= 'Z' ? letter - 'A' + 'a' : letter);
    }

    private static int plainDigit(int character) {
        return Character.isDigit(character) ? '0' + Character.digit(character, 10) : character;
    }

    private static String mapped(String text, IntUnaryOperator character) {
        return text.codePoints()
                .map(character)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
