package org.accountsecurity.deregistration.erasure;

import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.crypto.spec.SecretKeySpec;
import org.accountsecurity.notification.Channel;
import org.accountsecurity.shop.Account;
import org.jose4j.json.JsonUtil;
import org.jose4j.jwe.ContentEncryptionAlgorithmIdentifiers;
import org.jose4j.jwe.JsonWebEncryption;
import org.jose4j.jwe.KeyManagementAlgorithmIdentifiers;
import org.jose4j.lang.JoseException;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What a deregistration still needs once its account is erased, which is where the last notice goes. Each request has a
 * key of its own (AES-256-GCM), wrapped by the master key (AES key wrap); both are destroyed with the row.
 */
@Component
public class Vault {

    private final JdbcClient jdbc;
    private final SecretKeySpec masterKey;

    Vault(JdbcClient jdbc, @Value("${account-security.vault.master-key}") String masterKey) {
        this.jdbc = jdbc;
        this.masterKey = new SecretKeySpec(Base64.getDecoder().decode(masterKey), "AES");
    }

    /** An address of the former holder. */
    public record Contact(Channel channel, String address) {

        @Override
        public String toString() {
            return "Contact[" + channel + "]";
        }
    }

    /** Seals the addresses of an account that is about to close. */
    public void seal(String requestId, Account account) {
        Map<String, Object> addresses = new HashMap<>();
        addresses.put(Channel.SMS.name(), account.phone());
        addresses.put(Channel.EMAIL.name(), account.mail());
        seal(requestId, addresses);
    }

    /** Forgets one of the sealed addresses; the others are sealed with a new key. */
    public void forget(String requestId, Contact contact) {
        Map<String, Object> left = new HashMap<>();
        open(requestId).forEach(other -> left.put(other.channel().name(), other.address()));
        left.remove(contact.channel().name());
        seal(requestId, left);
    }

    private void seal(String requestId, Map<String, Object> addresses) {
        destroy(requestId);
        jdbc.sql("insert into vault (request_id, sealed) values (?, ?)")
                .params(requestId, encrypted(JsonUtil.toJson(addresses)))
                .update();
    }

    /** The sealed addresses; none once they are destroyed. */
    public List<Contact> open(String requestId) {
        List<Contact> contacts = new ArrayList<>();
        jdbc.sql("select sealed from vault where request_id = ?")
                .param(requestId)
                .query(String.class)
                .optional()
                .ifPresent(row -> decrypted(row).forEach((channel, address) -> {
                    if (address != null) {
                        contacts.add(new Contact(Channel.valueOf(channel), (String) address));
                    }
                }));
        return contacts;
    }

    /** Destroys them with their key; a second call finds nothing. */
    public void destroy(String requestId) {
        jdbc.sql("delete from vault where request_id = ?").param(requestId).update();
    }

    private String encrypted(String plain) {
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

    private Map<String, Object> decrypted(String compact) {
        try {
            JsonWebEncryption encryption = encryption();
            encryption.setCompactSerialization(compact);
            return JsonUtil.parseJson(encryption.getPlaintextString());
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
