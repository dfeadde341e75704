package org.accountsecurity.shop;

/** How an address is shown to its holder: enough to recognise, too little to use. */
public final class Masks {

    private Masks() {}

    /** Masks a phone number or a mail address: {@code 138****8001}, {@code d***@example.com}. */
    public static String mask(String address) {
        int at = address.indexOf('@');
        if (at > 0) {
            return address.charAt(0) + "***" + address.substring(at);
        }
        int shown = address.length() >= 11 ? address.length() - 8 : 0;
        return address.substring(0, shown) + "****" + address.substring(Math.max(shown, address.length() - 4));
    }
}
