package org.accountsecurity.rehearsal;

import org.accountsecurity.shop.DataSet;
import org.accountsecurity.shop.Erasure;
import org.accountsecurity.shop.Preview;
import org.accountsecurity.shop.Treatment;

/** A data set without records, in place of a service of the shop. */
record StandInDataSet(String name, boolean anonymises) implements DataSet {

    @Override
    public Preview preview(String accountId, Treatment treatment) {
        return new Preview(0, null);
    }

    @Override
    public Erasure erase(String accountId, Treatment treatment, String requestId) {
        return new Erasure(Erasure.Outcome.NOTHING_HELD, null, true);
    }

    @Override
    public boolean verifyErased(String accountId) {
        return true;
    }
}
