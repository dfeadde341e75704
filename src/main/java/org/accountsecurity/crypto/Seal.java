package org.accountsecurity.crypto;

import javax.crypto.spec.SecretKeySpec;
import org.jose4j.jwe.ContentEncryptionAlgorithmIdentifiers;
import org.jose4j.jwe.JsonWebEncryption;
import org.jose4j.jwe.KeyManagementAlgorithmIdentifiers;
import org.jose4j.lang.JoseException;
import org.springframework.stereotype.Component;

/** Encrypts each text with a key of its own (AES-256-GCM), wrapped by the master key (AES key wrap). */
@Component
public class Seal {

    private final SecretKeySpec masterKey;

    Seal(CryptoSettings settings) {
        this.masterKey = new SecretKeySpec(settings.vault().bytes(), "AES");
    }

    /** The text with its wrapped key; each call gives another. */
    public String encrypt(String plain) {
        try {
            JsonWebEncryption encryption = encryption();
            encryption.setAlgorithmHeaderValue(KeyManagementAlgorithmIdentifiers.A256KW);
            encryption.setEncryptionMethodHeaderParameter(ContentEncryptionAlgorithmIdentifiers.AES_256_GCM);
            encryption.setPlaintext(plain);
            return encryption.getCompactSerialization();
        } catch (JoseException e) {
            throw new IllegalStateException(
                    "the vault can't seal: " + e.getClass().getSimpleName());
        }
    }

    /**
     * The text that was encrypted.
     *
     * @throws IllegalStateException if it was encrypted under another master key
     */
    public String decrypt(String compact) {
        try {
            JsonWebEncryption encryption = encryption();
            encryption.setCompactSerialization(compact);
            return encryption.getPlaintextString();
        } catch (JoseException e) {
            throw new IllegalStateException("the vault can't be opened with this master key");
        }
    }

    private JsonWebEncryption encryption() {
        JsonWebEncryption encryption = new JsonWebEncryption();
        encryption.setKey(masterKey);
        return encryption;
    }
}
