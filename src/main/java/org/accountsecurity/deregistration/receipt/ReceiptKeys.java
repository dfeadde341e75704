package org.accountsecurity.deregistration.receipt;

import java.security.PrivateKey;
import java.security.PublicKey;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jose4j.json.JsonUtil;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.OctetKeyPairJsonWebKey;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.keys.EdDsaKeyUtil;
import org.jose4j.lang.HashUtil;
import org.jose4j.lang.JoseException;
import org.springframework.stereotype.Component;

/** The Ed25519 key that signs receipts, and the public keys, retired ones too, by which they are verified. */
@Component
public class ReceiptKeys {

    /** The media type in the header of a receipt, so that nothing else signed with the key passes for one. */
    static final String TYPE = "account-deregistration-receipt+jwt";

    private final PrivateKey signing;
    private final String keyId;
    private final String published;

    ReceiptKeys(ReceiptSettings settings) {
        try {
            OctetKeyPairJsonWebKey current = signingKey(settings.signingKey());
            this.signing = current.getPrivateKey();
            this.keyId = thumbprint(current);
            Map<String, JsonWebKey> byId = new LinkedHashMap<>();
            byId.put(keyId, described(current.getPublicKey()));
            for (OctetKeyPairJsonWebKey retired : retiredKeys(settings.retiredKeys())) {
                byId.putIfAbsent(thumbprint(retired), described(retired.getPublicKey()));
            }
            this.published =
                    new JsonWebKeySet(List.copyOf(byId.values())).toJson(JsonWebKey.OutputControlLevel.PUBLIC_ONLY);
        } catch (JoseException | RuntimeException e) {
            // the cause may quote the key
            throw new IllegalArgumentException("account-security.receipt has a key that is not one");
        }
    }

    /** Whether the text is a private Ed25519 key, as a JWK, whose public half belongs to it. */
    static boolean isSigningKey(String text) {
        try {
            return signingKey(text) != null;
        } catch (JoseException | RuntimeException e) {
            return false;
        }
    }

    /** The same for the same private key, however it is written. */
    static String thumbprintOf(String signingKey) {
        try {
            return thumbprint(signingKey(signingKey));
        } catch (JoseException e) {
            throw new IllegalArgumentException("not a signing key");
        }
    }

    /** Whether the text is a JWK set of Ed25519 keys, or blank. */
    static boolean areRetiredKeys(String text) {
        try {
            return retiredKeys(text) != null;
        } catch (JoseException | RuntimeException e) {
            return false;
        }
    }

    /** The payload, signed, in the compact form of a JWS. */
    String sign(String payload) {
        try {
            JsonWebSignature jws = signature();
            jws.setHeader("typ", TYPE);
            jws.setKeyIdHeaderValue(keyId);
            jws.setPayload(payload);
            jws.setKey(signing);
            return jws.getCompactSerialization();
        } catch (JoseException e) {
            throw new IllegalStateException("the receipt was not signed", e);
        }
    }

    /** The public keys as a JWK set. */
    String published() {
        return published;
    }

    private static OctetKeyPairJsonWebKey signingKey(String text) throws JoseException {
        OctetKeyPairJsonWebKey key = ed25519(JsonWebKey.Factory.newJwk(text));
        JsonWebSignature probe = signature();
        probe.setPayload("");
        probe.setKey(key.getPrivateKey());
        JsonWebSignature read = signature();
        read.setCompactSerialization(probe.getCompactSerialization());
        read.setKey(key.getPublicKey());
        if (!read.verifySignature()) {
            throw new IllegalArgumentException("the two halves of the key do not belong together");
        }
        return key;
    }

    private static List<OctetKeyPairJsonWebKey> retiredKeys(String text) throws JoseException {
        if (text.isBlank()) {
            return List.of();
        }
        List<JsonWebKey> keys = new JsonWebKeySet(text).getJsonWebKeys();
        // a key that cannot be read is left out there, and its receipts would be unverifiable
        if (keys.size() != ((List<?>) JsonUtil.parseJson(text).get(JsonWebKeySet.JWK_SET_MEMBER_NAME)).size()) {
            throw new IllegalArgumentException("a key cannot be read");
        }
        return keys.stream().map(ReceiptKeys::ed25519).toList();
    }

    private static OctetKeyPairJsonWebKey ed25519(JsonWebKey key) {
        if (key instanceof OctetKeyPairJsonWebKey pair && pair.getSubtype().equals(EdDsaKeyUtil.ED25519)) {
            return pair;
        }
        throw new IllegalArgumentException("not an Ed25519 key");
    }

    /** A new JWK of the public half alone. */
    private static JsonWebKey described(PublicKey key) {
        JsonWebKey described = new OctetKeyPairJsonWebKey(key);
        described.setKeyId(thumbprint(described));
        described.setUse("sig");
        described.setAlgorithm(AlgorithmIdentifiers.EDDSA);
        return described;
    }

    /** RFC 7638. */
    private static String thumbprint(JsonWebKey key) {
        return key.calculateBase64urlEncodedThumbprint(HashUtil.SHA_256);
    }

    private static JsonWebSignature signature() {
        JsonWebSignature jws = new JsonWebSignature();
        jws.setAlgorithmHeaderValue(AlgorithmIdentifiers.EDDSA);
        return jws;
    }
}
