package org.accountsecurity.verification;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.accountsecurity.request.FormValues;
import org.accountsecurity.request.HolderRequests;
import org.accountsecurity.shop.Account;
import org.accountsecurity.shop.Accounts;
import org.accountsecurity.shop.Masks;
import org.springframework.stereotype.Component;

/** The channels that a holder may choose from: one option for each bound address that a gateway reaches, masked. */
@Component
class ChannelOptions implements FormValues {

    private static final String CHANNELS = "channels";

    private final Addresses addresses;
    private final HolderRequests requests;
    private final Accounts accounts;

    ChannelOptions(Addresses addresses, HolderRequests requests, Accounts accounts) {
        this.addresses = addresses;
        this.requests = requests;
        this.accounts = accounts;
    }

    @Override
    public Set<String> names() {
        return Set.of(CHANNELS);
    }

    @Override
    public Map<String, Object> of(String requestId) {
        Account account = accounts.find(requests.accountOf(requestId)).orElseThrow();
        return Map.of(CHANNELS, options(account));
    }

    private List<Map<String, String>> options(Account account) {
        return addresses.bound(account).entrySet().stream()
                .map(entry -> Map.of(
                        "label",
                        entry.getKey().label() + " " + Masks.mask(entry.getValue()),
                        "value",
                        entry.getKey().name()))
                .toList();
    }
}
