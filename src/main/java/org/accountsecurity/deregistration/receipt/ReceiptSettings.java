package org.accountsecurity.deregistration.receipt;

import java.util.List;
import java.util.Map;
import org.accountsecurity.settings.CheckedSettings;
import org.accountsecurity.settings.SettingCheck;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who signs receipts, and with what.
 *
 * @param signingKey a private Ed25519 key as a JWK
 * @param retiredKeys a JWK set with the public keys of older receipts, or blank
 * @param issuer name of the issuer of receipts
 */
@ConfigurationProperties(ReceiptSettings.PREFIX)
record ReceiptSettings(
        @DefaultValue("") String signingKey,
        @DefaultValue("") String retiredKeys,
        @DefaultValue("") String issuer) implements CheckedSettings {

    static final String PREFIX = "account-security.receipt";

    @Override
    public List<String> wrong() {
        return new SettingCheck(PREFIX)
                .require(
                        ReceiptKeys.isSigningKey(signingKey),
                        "signing-key",
                        "a private Ed25519 key as a JWK (kty OKP, crv Ed25519, d and x), the same on every node")
                .require(
                        ReceiptKeys.areRetiredKeys(retiredKeys),
                        "retired-keys",
                        "the public Ed25519 keys of older receipts as a JWK set, as /.well-known/jwks.json showed them,"
                                + " or leave it out")
                .wrong();
    }

    @Override
    public Map<String, String> secrets() {
        return ReceiptKeys.isSigningKey(signingKey)
                ? Map.of(PREFIX + ".signing-key", ReceiptKeys.thumbprintOf(signingKey))
                : Map.of();
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "ReceiptSettings[]";
    }
}
