package org.accountsecurity.deregistration.erasure;

import java.util.ArrayList;
import java.util.List;
import org.accountsecurity.notification.Channel;
import org.accountsecurity.shop.Account;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.encrypt.Encryptors;
import org.springframework.security.crypto.encrypt.TextEncryptor;
import org.springframework.security.crypto.keygen.KeyGenerators;
import org.springframework.stereotype.Component;

/** The addresses as they were, encrypted (AES-GCM) for the last notice alone and destroyed after it. */
@Component
public class SealedContacts {

    private final JdbcClient jdbc;
    private final String secret;

    SealedContacts(JdbcClient jdbc, @Value("${account-security.code-secret}") String secret) {
        this.jdbc = jdbc;
        this.secret = secret;
    }

    /** An address of the former holder. */
    record Contact(Channel channel, String address) {

        @Override
        public String toString() {
            return "Contact[" + channel + "]";
        }
    }

    /** Seals the addresses of an account that is about to close. */
    public void seal(String requestId, Account account) {
        String salt = KeyGenerators.string().generateKey();
        String plain = (account.phone() == null ? "" : account.phone())
                + "\n"
                + (account.mail() == null ? "" : account.mail());
        destroy(requestId);
        jdbc.sql("insert into sealed_contact (request_id, salt, sealed) values (?, ?, ?)")
                .params(requestId, salt, encryptor(salt).encrypt(plain))
                .update();
    }

    /** The sealed addresses; none once they are destroyed. */
    List<Contact> open(String requestId) {
        List<Contact> contacts = new ArrayList<>();
        jdbc.sql("select salt, sealed from sealed_contact where request_id = ?")
                .param(requestId)
                .query((row, number) -> encryptor(row.getString("salt")).decrypt(row.getString("sealed")))
                .optional()
                .ifPresent(plain -> {
                    String[] addresses = plain.split("\n", -1);
                    add(contacts, Channel.SMS, addresses[0]);
                    add(contacts, Channel.EMAIL, addresses[1]);
                });
        return contacts;
    }

    /** Destroys them; a second call finds nothing. */
    public void destroy(String requestId) {
        jdbc.sql("delete from sealed_contact where request_id = ?")
                .param(requestId)
                .update();
    }

    private TextEncryptor encryptor(String salt) {
        return Encryptors.delux(secret, salt);
    }

    private static void add(List<Contact> contacts, Channel channel, String address) {
        if (!address.isEmpty()) {
            contacts.add(new Contact(channel, address));
        }
    }
}
