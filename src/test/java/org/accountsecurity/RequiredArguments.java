package org.accountsecurity;

import java.util.ArrayList;
import java.util.List;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.OctetKeyPairJsonWebKey;
import org.jose4j.jwk.OkpJwkGenerator;
import org.jose4j.lang.JoseException;

/** What an application outside the demo must be told besides its database, with whatever else a test wants. */
final class RequiredArguments {

    private static final List<String> SAME_FOR_ALL = List.of(
            "--account-security.code-secret=a-secret-of-this-test-of-32-characters",
            "--account-security.vault.master-key=YS1rZXktb2YtdGhpcy10ZXN0LW9mLTMyLWJ5dGVzISE=",
            "--account-security.public-url=https://account.shop.example",
            "--account-security.admin.id=root",
            "--account-security.admin.password=root-password");

    private RequiredArguments() {}

    static String[] and(String... more) throws JoseException {
        List<String> arguments = new ArrayList<>(SAME_FOR_ALL);
        arguments.add("--account-security.receipt.signing-key="
                + OkpJwkGenerator.generateJwk(OctetKeyPairJsonWebKey.SUBTYPE_ED25519)
                        .toJson(JsonWebKey.OutputControlLevel.INCLUDE_PRIVATE));
        arguments.addAll(List.of(more));
        return arguments.toArray(String[]::new);
    }
}
