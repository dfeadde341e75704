package org.accountsecurity.deregistration;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.accountsecurity.crypto.KeyedHash;
import org.accountsecurity.policy.DecisionTables;
import org.accountsecurity.request.HolderRequests;
import org.accountsecurity.shop.DataSetCatalogue;
import org.accountsecurity.shop.DataSetFailedException;
import org.accountsecurity.shop.OpenItem;
import org.accountsecurity.text.ModelTexts;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The open items of each request, as its data sets last named them; a decision table says which of them block. */
@Component
class OpenItems {

    private static final String ELIGIBILITY = "deregistration-eligibility";
    private static final int KEY_DIGITS = 16;
    /** The maximum of one data set; docs/integrators/data-set-api.yaml says the same. */
    static final int MOST = 1_000;

    private final DataSetCatalogue dataSets;
    private final HolderRequests requests;
    private final DecisionTables tables;
    private final KeyedHash keyedHash;
    private final JdbcClient jdbc;

    OpenItems(
            DataSetCatalogue dataSets,
            HolderRequests requests,
            DecisionTables tables,
            KeyedHash keyedHash,
            JdbcClient jdbc) {
        this.dataSets = dataSets;
        this.requests = requests;
        this.tables = tables;
        this.keyedHash = keyedHash;
        this.jdbc = jdbc;
    }

    /** Asks one data set and replaces its previous answer. */
    @Transactional
    void check(String requestId, String dataSet) {
        check(requestId, List.of(dataSet));
    }

    /** Asks every data set. */
    @Transactional
    void checkAll(String requestId) {
        checkRemaining(requestId, Set.of());
    }

    /** Asks every data set that was not checked already. */
    @Transactional
    void checkRemaining(String requestId, Set<String> alreadyChecked) {
        check(
                requestId,
                dataSets.getNames().stream()
                        .filter(dataSet -> !alreadyChecked.contains(dataSet))
                        .toList());
    }

    private void check(String requestId, List<String> names) {
        if (names.isEmpty()) {
            return;
        }
        requests.lock(requestId);
        String account = requests.accountOf(requestId);
        names.forEach(dataSet -> replace(requestId, dataSet, ask(account, dataSet)));
    }

    /** The open items of a data set now. */
    List<OpenItem> ask(String accountId, String dataSet) {
        return dataSets.ask(dataSet, asked -> usable(dataSet, asked.openItems(accountId)));
    }

    /** Replaces the previous answers of these data sets. */
    void store(String requestId, Map<String, List<OpenItem>> answers) {
        requests.lock(requestId);
        answers.forEach((dataSet, items) -> replace(requestId, dataSet, items));
    }

    private void replace(String requestId, String dataSet, List<OpenItem> items) {
        jdbc.sql("delete from open_item where request_id = ? and data_set = ?")
                .params(requestId, dataSet)
                .update();
        int number = 0;
        for (OpenItem item : items) {
            jdbc.sql("insert into open_item (request_id, data_set, number, kind, reference, label, amount_fen)"
                            + " values (?, ?, ?, ?, ?, ?, ?)")
                    .params(requestId, dataSet, ++number, item.kind(), item.reference(), item.label(), item.amountFen())
                    .update();
        }
    }

    /** A settlement names an item by its reference alone, so no two may have the same. */
    private static List<OpenItem> usable(String dataSet, List<OpenItem> items) {
        if (items.size() > MOST) {
            throw new DataSetFailedException(dataSet, "it has more than " + MOST + " open items");
        }
        if (items.stream().map(OpenItem::reference).distinct().count() < items.size()) {
            throw new DataSetFailedException(dataSet, "two open items have the same reference");
        }
        return items;
    }

    /** The open items that block, as last checked. */
    List<Blocker> blockers(String requestId) {
        return jdbc
                .sql("select data_set, kind, reference, label, amount_fen from open_item"
                        + " where request_id = ? order by data_set, number")
                .param(requestId)
                .query((row, rowNumber) -> decided(
                        requestId,
                        row.getString("data_set"),
                        new OpenItem(
                                row.getString("kind"),
                                row.getString("reference"),
                                row.getString("label"),
                                row.getLong("amount_fen"))))
                .list()
                .stream()
                .filter(Blocker::blocks)
                .toList();
    }

    /** The blockers that the decision table lets the process settle. */
    List<Blocker> settleable(String requestId) {
        return blockers(requestId).stream()
                .filter(blocker -> blocker.settledBy() == SettledBy.PROCESS)
                .toList();
    }

    /** Settles the blockers that the holder ticked. */
    void settle(String requestId, Collection<String> ticked) {
        Map<String, List<Blocker>> byDataSet = settleable(requestId).stream()
                .filter(blocker -> ticked.contains(blocker.key()))
                .collect(Collectors.groupingBy(Blocker::dataSet));
        String account = requests.accountOf(requestId);
        byDataSet.forEach((dataSet, blockers) -> {
            List<String> references =
                    blockers.stream().map(blocker -> blocker.item().reference()).toList();
            dataSets.ask(dataSet, asked -> {
                asked.settle(account, references, requestId);
                return references;
            });
        });
    }

    void delete(String requestId) {
        jdbc.sql("delete from open_item where request_id = ?").param(requestId).update();
    }

    private Blocker decided(String requestId, String dataSet, OpenItem item) {
        Map<String, Object> decision = tables.ask(requestId, ELIGIBILITY, "kind", item.kind());
        String key = keyedHash
                .hex("open-item", requestId, dataSet, item.kind(), item.reference())
                .substring(0, KEY_DIGITS);
        return new Blocker(
                key,
                dataSet,
                item,
                (Boolean) decision.get("blocks"),
                SettledBy.valueOf((String) decision.get("settledBy")),
                ModelTexts.cell(ELIGIBILITY, (String) decision.get("remedy")));
    }
}
