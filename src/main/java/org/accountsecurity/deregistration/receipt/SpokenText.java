package org.accountsecurity.deregistration.receipt;

import java.security.SecureRandom;
import java.util.Locale;
import org.accountsecurity.text.TypedText;

/** Sixteen characters of five bits each, none of which is easily taken for another when copied or read aloud. */
final class SpokenText {

    static final int LENGTH = 16;

    private static final String ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";

    private SpokenText() {}

    static String random(SecureRandom random) {
        byte[] bytes = new byte[LENGTH];
        random.nextBytes(bytes);
        return of(bytes);
    }

    /** Takes five bits of each of the first sixteen bytes: 80 bits in all. */
    static String of(byte[] bytes) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < LENGTH; i++) {
            text.append(ALPHABET.charAt(bytes[i] & 31));
        }
        return text.toString();
    }

    /** In groups of four. */
    static String grouped(String text) {
        return String.join("-", text.split("(?<=\\G.{4})"));
    }

    /** What was typed, in capital letters and without what groups them. */
    static String plain(String typed) {
        return TypedText.plain(typed).toUpperCase(Locale.ROOT).replaceAll("[^0-9A-Z]", "");
    }
}
