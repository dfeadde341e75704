package org.accountsecurity.deregistration.erasure;

import java.time.Period;
import java.util.List;
import org.accountsecurity.contract.UsableInModels;
import org.accountsecurity.policy.Retention;
import org.accountsecurity.policy.RetentionTable;
import org.accountsecurity.shop.DataSetCatalogue;
import org.accountsecurity.shop.Treatment;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The treatment of each data set of a request, recorded when its account is closed: decision tables and data sets that are
 * deployed or added later change nothing.
 */
@Component
@UsableInModels
public class ErasurePlan {

    private final DataSetCatalogue dataSets;
    private final RetentionTable retention;
    private final JdbcClient jdbc;

    ErasurePlan(DataSetCatalogue dataSets, RetentionTable retention, JdbcClient jdbc) {
        this.dataSets = dataSets;
        this.retention = retention;
        this.jdbc = jdbc;
    }

    /**
     * Records the plan, in the transaction that closes the account; what is recorded stays.
     *
     * @throws IllegalStateException if the decision table does not say what becomes of a data set
     */
    public void record(String requestId) {
        List<String> recorded = dataSets(requestId);
        for (String dataSet : dataSets.getNames()) {
            if (recorded.contains(dataSet)) {
                continue;
            }
            Retention row = retention.of(requestId, dataSet);
            jdbc.sql("insert into erasure (request_id, data_set, label, law, anonymise, keep_for)"
                            + " values (?, ?, ?, ?, ?, ?)")
                    .params(
                            requestId,
                            dataSet,
                            row.label(),
                            row.law(),
                            row.treatment().anonymise(),
                            row.treatment().keepFor().toString())
                    .update();
        }
    }

    /** In alphabetical order; the process {@code data-erasure} takes its collection from here. */
    public List<String> dataSets(String requestId) {
        return jdbc.sql("select data_set from erasure where request_id = ? order by data_set")
                .param(requestId)
                .query(String.class)
                .list();
    }

    /**
     * The treatment of one data set.
     *
     * @throws org.springframework.dao.EmptyResultDataAccessException if the request has no such data set
     */
    Retention of(String requestId, String dataSet) {
        return jdbc.sql("select label, law, anonymise, keep_for from erasure where request_id = ? and data_set = ?")
                .params(requestId, dataSet)
                .query((row, number) -> new Retention(
                        row.getString("label"),
                        new Treatment(row.getBoolean("anonymise"), Period.parse(row.getString("keep_for"))),
                        row.getString("law")))
                .single();
    }
}
