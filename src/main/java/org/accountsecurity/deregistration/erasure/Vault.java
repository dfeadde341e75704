package org.accountsecurity.deregistration.erasure;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.accountsecurity.contest.UnboundPhones;
import org.accountsecurity.crypto.Seal;
import org.accountsecurity.gateway.Channel;
import org.accountsecurity.notice.Addressee;
import org.accountsecurity.shop.Account;
import org.jose4j.json.JsonUtil;
import org.jose4j.lang.JoseException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What a deregistration still needs once its account is erased, which is where the last notice goes: encrypted, and
 * destroyed with its key, which is in the row.
 */
@Component
public class Vault {

    private final JdbcClient jdbc;
    private final Seal seal;
    private final UnboundPhones unbound;

    Vault(JdbcClient jdbc, Seal seal, UnboundPhones unbound) {
        this.jdbc = jdbc;
        this.seal = seal;
        this.unbound = unbound;
    }

    /** Seals the addresses of an account that is about to close, and takes over the numbers that it has unbound. */
    public void seal(String requestId, Account account) {
        Map<String, Object> addresses = new HashMap<>();
        addresses.put(Channel.SMS.name(), account.phone());
        addresses.put(Channel.EMAIL.name(), account.mail());
        unbound.of(account).forEach(former -> addresses.put(former.name(), former.address()));
        unbound.forget(account.id());
        seal(requestId, addresses);
    }

    /** Forgets one of the sealed addresses; the others are sealed with a new key. */
    public void forget(String requestId, Addressee addressee) {
        Map<String, Object> left = new HashMap<>();
        open(requestId).forEach(other -> left.put(other.name(), other.address()));
        left.remove(addressee.name());
        seal(requestId, left);
    }

    private void seal(String requestId, Map<String, Object> addresses) {
        destroy(requestId);
        jdbc.sql("insert into vault (request_id, sealed) values (?, ?)")
                .params(requestId, seal.encrypt(JsonUtil.toJson(addresses)))
                .update();
    }

    /** The sealed addresses; none once they are destroyed. */
    public List<Addressee> open(String requestId) {
        List<Addressee> addressees = new ArrayList<>();
        jdbc.sql("select sealed from vault where request_id = ?")
                .param(requestId)
                .query(String.class)
                .optional()
                .ifPresent(row -> decrypted(row).forEach((name, address) -> {
                    if (address != null) {
                        addressees.add(Addressee.of(name, (String) address));
                    }
                }));
        return addressees;
    }

    /** Destroys them with their key; a second call finds nothing. */
    public void destroy(String requestId) {
        jdbc.sql("delete from vault where request_id = ?").param(requestId).update();
    }

    private Map<String, Object> decrypted(String sealed) {
        try {
            return JsonUtil.parseJson(seal.decrypt(sealed));
        } catch (JoseException e) {
            throw new IllegalStateException("the vault holds something else");
        }
    }
}
