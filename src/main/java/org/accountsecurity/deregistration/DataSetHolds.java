package org.accountsecurity.deregistration;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import org.accountsecurity.shop.DataSet;
import org.accountsecurity.shop.DataSetCatalogue;
import org.accountsecurity.shop.OpenItem;
import org.accountsecurity.shop.Preview;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Has the data sets hold what an account owes and is owed, for as long as it takes to close it. */
@Component
class DataSetHolds {

    private static final Logger LOG = LoggerFactory.getLogger(DataSetHolds.class);

    private final DataSetCatalogue dataSets;
    private final OpenItems openItems;
    private final DeregistrationNotice notice;
    private final Clock clock;

    DataSetHolds(DataSetCatalogue dataSets, OpenItems openItems, DeregistrationNotice notice, Clock clock) {
        this.dataSets = dataSets;
        this.openItems = openItems;
        this.notice = notice;
        this.clock = clock;
    }

    /**
     * Has the data sets over the network hold, then asks them: without a lock, since they may be slow. All data sets stop to
     * hold after the transaction unless it has closed the account, or may have: where the answer to its commit was lost the
     * hold ends by itself.
     */
    HeldDataSets begin(String accountId, String requestId) {
        Instant since = clock.instant();
        AtomicBoolean closed = new AtomicBoolean();
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {

            private boolean committing;

            @Override
            public void beforeCommit(boolean readOnly) {
                committing = true;
            }

            /** The status is no help: it says rolled back of a commit whose answer was lost, too. */
            @Override
            public void afterCompletion(int status) {
                if (!committing || !closed.get()) {
                    dataSets.getNames().forEach(name -> release(name, accountId, requestId));
                }
            }
        });
        List<String> remote = hold(accountId, requestId, DataSet::isRemote);
        Map<String, List<OpenItem>> items = new TreeMap<>();
        Map<String, Preview> previews = new TreeMap<>();
        for (String name : remote) {
            items.put(name, openItems.ask(accountId, name));
            previews.put(name, notice.preview(requestId, accountId, name));
        }
        return new HeldDataSets(since, items, previews, closed);
    }

    /** Has the others hold, in the caller's transaction. */
    void holdLocal(String accountId, String requestId) {
        hold(accountId, requestId, dataSet -> !dataSet.isRemote());
    }

    private List<String> hold(String accountId, String requestId, Predicate<DataSet> which) {
        List<String> names = dataSets.getNames().stream()
                .filter(name -> which.test(dataSets.get(name)))
                .toList();
        names.forEach(name -> dataSets.ask(name, asked -> {
            asked.hold(accountId, requestId);
            return name;
        }));
        return names;
    }

    /** One that can't be reached now ends its hold by itself; the others need not wait for that. */
    private void release(String dataSet, String accountId, String requestId) {
        try {
            dataSets.get(dataSet).release(accountId, requestId);
        } catch (RuntimeException e) {
            LOG.warn(
                    "The data set {} was not released: {}",
                    dataSet,
                    e.getClass().getSimpleName());
        }
    }
}
