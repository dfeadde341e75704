package org.accountsecurity.shop;

import org.accountsecurity.text.Excerpt;

/** How an address is shown to its holder: enough to recognise, too little to use. */
public final class Masks {

    /** Digits shown at the end of a phone number; as many before them are hidden. */
    private static final int SHOWN = 4;

    private static final int SHORTEST_NUMBER = 11;

    private Masks() {}

    /** Masks a phone number or a mail address: {@code 138****8001}, {@code d***@example.com}. */
    public static String mask(String address) {
        // a quoted local part may contain more
        int at = address.lastIndexOf('@');
        if (at > 0) {
            return Excerpt.first(address, 1) + "***" + address.substring(at);
        }
        int length = address.codePointCount(0, address.length());
        int shown = length >= SHORTEST_NUMBER ? length - 2 * SHOWN : 0;
        return Excerpt.first(address, shown) + "****" + Excerpt.last(address, SHOWN);
    }
}
