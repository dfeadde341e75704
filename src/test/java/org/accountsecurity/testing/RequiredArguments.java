package org.accountsecurity.testing;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.OctetKeyPairJsonWebKey;
import org.jose4j.jwk.OkpJwkGenerator;
import org.jose4j.lang.JoseException;

/** What an application outside the demo must be told besides its database, with whatever else a test wants. */
public final class RequiredArguments {

    private static final List<String> SAME_FOR_ALL = List.of(
            "--account-security.public-url=https://account.shop.example",
            "--account-security.admin.id=root",
            "--account-security.admin.password=root-password",
            "--account-security.sms.signature=账户安全");

    private RequiredArguments() {}

    public static String[] and(String... more) {
        List<String> arguments = new ArrayList<>(SAME_FOR_ALL);
        arguments.add("--account-security.code-secret=" + randomBytes());
        arguments.add("--account-security.vault.master-key=" + randomBytes());
        arguments.add("--account-security.receipt.signing-key=" + signingKey());
        arguments.addAll(List.of(more));
        return arguments.toArray(String[]::new);
    }

    private static String randomBytes() {
        byte[] bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        return Base64.getEncoder().encodeToString(bytes);
    }

    public static String signingKey() {
        try {
            return OkpJwkGenerator.generateJwk(OctetKeyPairJsonWebKey.SUBTYPE_ED25519)
                    .toJson(JsonWebKey.OutputControlLevel.INCLUDE_PRIVATE);
        } catch (JoseException e) {
            throw new IllegalStateException(e);
        }
    }
}
