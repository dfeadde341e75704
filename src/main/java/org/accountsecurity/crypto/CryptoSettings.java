package org.accountsecurity.crypto;

import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.accountsecurity.settings.CheckedSettings;
import org.accountsecurity.settings.SettingCheck;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** @param codeSecret the secret that codes are derived from, the same on every node */
@ConfigurationProperties(CryptoSettings.PREFIX)
public record CryptoSettings(
        @DefaultValue("") String codeSecret, @DefaultValue Vault vault) implements CheckedSettings {

    static final String PREFIX = "account-security";

    private static final int SECRET_LENGTH = 32;
    private static final int MASTER_KEY_BYTES = 32;

    /** @param masterKey 32 random bytes in Base64, under which kept addresses are encrypted */
    public record Vault(@DefaultValue("") String masterKey) {

        /** Without the key. */
        @Override
        public String toString() {
            return "Vault[]";
        }

        byte[] bytes() {
            return Base64.getDecoder().decode(masterKey);
        }

        private boolean isMasterKey() {
            try {
                return bytes().length == MASTER_KEY_BYTES;
            } catch (IllegalArgumentException e) {
                return false;
            }
        }
    }

    @Override
    public List<String> wrong() {
        return new SettingCheck(PREFIX)
                .require(
                        codeSecret.length() >= SECRET_LENGTH,
                        "code-secret",
                        "a random text of at least " + SECRET_LENGTH + " characters, the same on every node")
                .require(
                        vault.isMasterKey(),
                        "vault.master-key",
                        "32 random bytes in Base64, such as `openssl rand -base64 32` prints")
                .wrong();
    }

    @Override
    public Map<String, String> secrets() {
        return Map.of(
                PREFIX + ".code-secret",
                codeSecret,
                PREFIX + ".vault.master-key",
                vault.isMasterKey() ? Base64.getEncoder().encodeToString(vault.bytes()) : "");
    }

    /** Without the secrets. */
    @Override
    public String toString() {
        return "CryptoSettings[]";
    }
}
