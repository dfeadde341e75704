package org.accountsecurity.verification;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * Derives codes from a server secret, so that none is stored: HMAC-SHA-256 over all that a code is bound to, cut down as
 * in RFC 4226, section 5.3.
 */
@Component
class CodeGenerator {

    private static final String ALGORITHM = "HmacSHA256";

    private final SecretKeySpec key;

    CodeGenerator(@Value("${account-security.code-secret}") String secret) {
        this.key = new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM);
    }

    /** The code of {@code length} digits for exactly this verification, purpose, target, account version and serial. */
    String code(String verificationId, Purpose purpose, String target, long accountVersion, String serial, int length) {
        byte[] mac = mac("code", verificationId, purpose.name(), target, Long.toString(accountVersion), serial);
        int offset = mac[mac.length - 1] & 0x0f;
        int truncated = ByteBuffer.wrap(mac, offset, 4).getInt() & 0x7fffffff;
        long modulus = (long) Math.pow(10, length);
        return String.format("%0" + length + "d", truncated % modulus);
    }

    /** A keyed hash of an address, to count and compare addresses without storing them. */
    String hash(String target) {
        return HexFormat.of().formatHex(mac("target", target));
    }

    /** Compares in constant time. */
    static boolean equal(String expected, String typed) {
        return MessageDigest.isEqual(expected.getBytes(StandardCharsets.UTF_8), typed.getBytes(StandardCharsets.UTF_8));
    }

    private byte[] mac(String... parts) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac.doFinal(String.join("|", parts).getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HMAC-SHA-256 is missing from this Java", e);
        }
    }
}
