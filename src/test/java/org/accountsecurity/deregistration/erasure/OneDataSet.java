package org.accountsecurity.deregistration.erasure;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.accountsecurity.shop.DataSet;
import org.accountsecurity.shop.DataSetCatalogue;
import org.accountsecurity.shop.Erasure;
import org.accountsecurity.shop.OpenItem;
import org.accountsecurity.shop.Preview;
import org.accountsecurity.shop.Treatment;

/** A data set that says what a test has it say, and the catalogue of it alone. */
public class OneDataSet implements DataSet {

    public List<OpenItem> openItems = List.of();
    public long held;
    public int holds;
    public final List<String> settled = new ArrayList<>();
    public boolean onHold;
    public boolean remote;
    /** What a hold ends with, null if it is done. */
    public RuntimeException failure;

    private final String name;

    public OneDataSet(String name) {
        this.name = name;
    }

    public DataSetCatalogue catalogue() {
        return new DataSetCatalogue(List.of(this));
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public boolean isRemote() {
        return remote;
    }

    @Override
    public List<OpenItem> openItems(String accountId) {
        return openItems;
    }

    @Override
    public Preview preview(String accountId, Treatment treatment) {
        return new Preview(held, null);
    }

    @Override
    public void settle(String accountId, Collection<String> references, String requestId) {
        settled.addAll(references);
    }

    @Override
    public void hold(String accountId, String requestId) {
        holds++;
        if (failure != null) {
            throw failure;
        }
        onHold = true;
    }

    @Override
    public void release(String accountId, String requestId) {
        onHold = false;
    }

    /** Says that it is done, and does nothing. */
    @Override
    public Erasure erase(String accountId, Treatment treatment, String requestId) {
        return new Erasure(Erasure.Outcome.ERASED, null, true);
    }

    @Override
    public boolean verifyErased(String accountId) {
        return held == 0;
    }
}
