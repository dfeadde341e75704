package org.accountsecurity.deregistration.erasure;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.accountsecurity.shop.DataSet;
import org.accountsecurity.shop.DataSetCatalogue;
import org.accountsecurity.shop.Erasure;
import org.accountsecurity.shop.Preview;
import org.accountsecurity.shop.Treatment;

/** Two records in a system outside of our transactions, which gives the same answer to the same request. */
class RememberingDataSet implements DataSet {

    private final String name;
    private final Map<String, Erasure> answers = new HashMap<>();
    private int held = 2;
    private int erased;

    RememberingDataSet(String name) {
        this.name = name;
    }

    DataSetCatalogue catalogue() {
        return new DataSetCatalogue(List.of(this));
    }

    int erased() {
        return erased;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Preview preview(String accountId, Treatment treatment) {
        return new Preview(held, null);
    }

    @Override
    public Erasure erase(String accountId, Treatment treatment, String requestId) {
        return answers.computeIfAbsent(requestId, id -> {
            Erasure.Outcome outcome = held == 0 ? Erasure.Outcome.NOTHING_HELD : Erasure.Outcome.ERASED;
            erased += held;
            held = 0;
            return new Erasure(outcome, null, true);
        });
    }

    @Override
    public boolean verifyErased(String accountId) {
        return held == 0;
    }
}
