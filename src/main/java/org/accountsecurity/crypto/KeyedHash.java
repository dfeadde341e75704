package org.accountsecurity.crypto;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.stereotype.Component;

/** HMAC-SHA-256 under the application's secret: to derive codes, and to count addresses without storing them. */
@Component
public class KeyedHash {

    private static final String ALGORITHM = "HmacSHA256";

    private final SecretKeySpec key;

    public KeyedHash(CryptoSettings settings) {
        this.key = new SecretKeySpec(settings.codeSecret().getBytes(StandardCharsets.UTF_8), ALGORITHM);
    }

    /** The hash over all parts, in their order. */
    public byte[] of(String... parts) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac.doFinal(String.join("|", parts).getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HMAC-SHA-256 is missing from this Java", e);
        }
    }

    /** The same in 64 hexadecimal digits. */
    public String hex(String... parts) {
        return HexFormat.of().formatHex(of(parts));
    }
}
