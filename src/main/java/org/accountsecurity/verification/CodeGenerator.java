package org.accountsecurity.verification;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Locale;
import org.accountsecurity.crypto.KeyedHash;
import org.springframework.stereotype.Component;

/**
 * Derives codes from a server secret, so that none is stored: HMAC-SHA-256 over all that a code is bound to, cut down as
 * in RFC 4226, section 5.3.
 */
@Component
class CodeGenerator {

    private final KeyedHash keyedHash;

    CodeGenerator(KeyedHash keyedHash) {
        this.keyedHash = keyedHash;
    }

    /** The code of {@code length} digits for exactly this verification, purpose, target, account version and serial. */
    String code(String verificationId, Purpose purpose, String target, long accountVersion, String serial, int length) {
        byte[] mac =
                keyedHash.of("code", verificationId, purpose.name(), target, Long.toString(accountVersion), serial);
        int offset = mac[mac.length - 1] & 0x0f;
        int truncated = ByteBuffer.wrap(mac, offset, 4).getInt() & 0x7fffffff;
        long modulus = (long) Math.pow(10, length);
        return String.format(Locale.ROOT, "%0" + length + "d", truncated % modulus);
    }

    /** A keyed hash of an address, to count and compare addresses without storing them. */
    String hash(String target) {
        return keyedHash.hex("target", target);
    }

    /** Compares in constant time. */
    static boolean equal(String expected, String typed) {
        return MessageDigest.isEqual(expected.getBytes(StandardCharsets.UTF_8), typed.getBytes(StandardCharsets.UTF_8));
    }
}
