package org.accountsecurity.deregistration.receipt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.jose4j.json.JsonUtil;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.OctetKeyPairJsonWebKey;
import org.jose4j.jwk.OkpJwkGenerator;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Signing, rotation, and the program that verifies offline. */
class ReceiptKeysTest {

    private static final String PAYLOAD = "{\"jti\":\"ZX-TEST\",\"label\":\"交易记录\"}";

    @TempDir
    Path folder;

    private final String signingKey = newKey(OctetKeyPairJsonWebKey.SUBTYPE_ED25519);
    private final ReceiptKeys keys = new ReceiptKeys(new ReceiptSettings(signingKey, "", ""));

    @Test
    @DisplayName("a genuine receipt is verified offline and its payload printed")
    void aGenuineReceiptIsVerifiedOffline() throws IOException, InterruptedException {
        Verification verification = Verification.of(keys.sign(PAYLOAD), keys.published(), folder);

        assertThat(verification.output()).contains(PAYLOAD);
        assertThat(verification.exitCode()).isZero();
    }

    @Test
    @DisplayName("a receipt with one changed byte is refused")
    void aChangedReceiptIsRefused() throws IOException, InterruptedException {
        String[] parts = keys.sign(PAYLOAD).split("\\.");
        byte[] payload = Base64.getUrlDecoder().decode(parts[1]);
        payload[payload.length / 2] ^= 1;
        String forged = parts[0] + "." + encoded(payload) + "." + parts[2];

        assertRefused(Verification.of(forged, keys.published(), folder), "the signature does not fit the content");
    }

    @Test
    @DisplayName("a receipt signed with another key is refused, also under the name of the genuine one")
    void aReceiptOfAnotherKeyIsRefused() throws IOException, InterruptedException, JoseException {
        ReceiptKeys others =
                new ReceiptKeys(new ReceiptSettings(newKey(OctetKeyPairJsonWebKey.SUBTYPE_ED25519), "", ""));
        String foreign = others.sign(PAYLOAD);
        String[] parts = foreign.split("\\.");
        String header = keys.sign(PAYLOAD).split("\\.")[0];

        assertRefused(
                Verification.of(foreign, keys.published(), folder), "it was signed with a key that is not in the set");
        assertRefused(
                Verification.of(header + "." + parts[1] + "." + parts[2], keys.published(), folder),
                "the signature does not fit the content");
    }

    @ParameterizedTest
    @DisplayName("a receipt with another algorithm is refused")
    @ValueSource(strings = {"none", "HS256"})
    void aReceiptWithAnotherAlgorithmIsRefused(String algorithm) throws IOException, InterruptedException {
        String[] parts = keys.sign(PAYLOAD).split("\\.");
        String header =
                new String(Base64.getUrlDecoder().decode(parts[0]), StandardCharsets.UTF_8).replace("EdDSA", algorithm);
        String forged = encoded(header.getBytes(StandardCharsets.UTF_8)) + "." + parts[1] + ".";

        assertRefused(Verification.of(forged, keys.published(), folder), "it is not signed as a receipt is");
    }

    @Test
    @DisplayName("after a rotation the receipts of the retired key are verified by the published keys still")
    void afterARotationOldReceiptsAreVerifiedStill() throws IOException, InterruptedException, JoseException {
        String old = keys.sign(PAYLOAD);

        ReceiptKeys rotated = new ReceiptKeys(
                new ReceiptSettings(newKey(OctetKeyPairJsonWebKey.SUBTYPE_ED25519), keys.published(), ""));

        assertThat(Verification.of(old, rotated.published(), folder).exitCode()).isZero();
        assertThat(Verification.of(rotated.sign(PAYLOAD), rotated.published(), folder)
                        .exitCode())
                .isZero();
        assertThat(JsonUtil.parseJson(rotated.published()).get("keys"))
                .asInstanceOf(InstanceOfAssertFactories.LIST)
                .hasSize(2);
    }

    @Test
    @DisplayName("a private key among the retired ones is published without its private part, and none is there twice")
    void aRetiredPrivateKeyIsPublishedWithoutItsPrivatePart() throws JoseException {
        String set = "{\"keys\":[" + newKey(OctetKeyPairJsonWebKey.SUBTYPE_ED25519) + "," + signingKey + "]}";

        String published = new ReceiptKeys(new ReceiptSettings(signingKey, set, "")).published();

        assertThat(published).doesNotContain("\"d\"");
        assertThat(published.split("\"kid\"")).hasSize(3);
    }

    @Test
    @DisplayName("what is no private Ed25519 key in one piece is not taken for one, and not quoted")
    void whatIsNoSigningKeyIsNotTakenForOne() throws JoseException {
        String other = newKey(OctetKeyPairJsonWebKey.SUBTYPE_ED25519);
        String mixed = signingKey.replace(value(signingKey, "x"), value(other, "x"));

        assertThat(ReceiptKeys.isSigningKey(signingKey)).isTrue();
        assertThat(ReceiptKeys.isSigningKey(mixed)).isFalse();
        assertThat(ReceiptKeys.isSigningKey(newKey(OctetKeyPairJsonWebKey.SUBTYPE_ED448)))
                .isFalse();
        assertThat(ReceiptKeys.isSigningKey(newKey(OctetKeyPairJsonWebKey.SUBTYPE_X25519)))
                .isFalse();
        assertThat(ReceiptKeys.isSigningKey(signingKey.replace("\"d\"", "\"e\"")))
                .isFalse();
        assertThat(ReceiptKeys.isSigningKey("")).isFalse();
        assertThat(ReceiptKeys.isSigningKey("{}")).isFalse();
        assertThat(ReceiptKeys.isSigningKey("-----BEGIN PRIVATE KEY-----")).isFalse();
        assertThatThrownBy(() -> new ReceiptKeys(new ReceiptSettings(mixed, "", "")))
                .hasNoCause()
                .message()
                .doesNotContain(value(signingKey, "d"));
    }

    @ParameterizedTest
    @DisplayName("retired keys are a JWK set of Ed25519 keys, or nothing")
    @ValueSource(strings = {"{}", "[]", "x", "{\"keys\":[{\"kty\":\"oct\",\"k\":\"AAAA\"}]}", "{\"keys\":[{}]}"})
    void retiredKeysAreASetOfKeys(String text) {
        assertThat(ReceiptKeys.areRetiredKeys(text)).isFalse();
        assertThat(ReceiptKeys.areRetiredKeys(" ")).isTrue();
        assertThat(ReceiptKeys.areRetiredKeys(keys.published())).isTrue();
    }

    @Test
    @DisplayName("a key has one thumbprint however it is written, and no two keys have the same")
    void aKeyHasOneThumbprint() {
        String thumbprint = ReceiptKeys.thumbprintOf(signingKey);

        assertThat(ReceiptKeys.thumbprintOf(signingKey.replace(",", " , "))).isEqualTo(thumbprint);
        assertThat(ReceiptKeys.thumbprintOf(newKey(OctetKeyPairJsonWebKey.SUBTYPE_ED25519)))
                .isNotEqualTo(thumbprint);
        assertThat(keys.published()).contains("\"use\":\"sig\"", "\"alg\":\"EdDSA\"");
    }

    private static void assertRefused(Verification verification, String reason) {
        assertThat(verification.output()).contains("NOT genuine: " + reason).doesNotContain("jti");
        assertThat(verification.exitCode()).isEqualTo(1);
    }

    private static String newKey(String curve) {
        try {
            return OkpJwkGenerator.generateJwk(curve).toJson(JsonWebKey.OutputControlLevel.INCLUDE_PRIVATE);
        } catch (JoseException e) {
            throw new AssertionError(e);
        }
    }

    private static String value(String jwk, String name) throws JoseException {
        return (String) JsonUtil.parseJson(jwk).get(name);
    }

    private static String encoded(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
