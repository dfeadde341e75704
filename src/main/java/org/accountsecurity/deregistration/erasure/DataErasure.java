package org.accountsecurity.deregistration.erasure;

import java.sql.Date;
import java.sql.Timestamp;
import java.time.Clock;
import org.accountsecurity.request.HolderRequests;
import org.accountsecurity.shop.Erasure;
import org.accountsecurity.shop.Treatment;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Erases one data set of a request and asks again whether it is gone. */
@Component
class DataErasure {

    private final HolderRequests requests;
    private final DataSetCatalogue dataSets;
    private final RetentionTable retention;
    private final JdbcClient jdbc;
    private final Clock clock;

    DataErasure(
            HolderRequests requests,
            DataSetCatalogue dataSets,
            RetentionTable retention,
            JdbcClient jdbc,
            Clock clock) {
        this.requests = requests;
        this.dataSets = dataSets;
        this.retention = retention;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** Erases and keeps the outcome; a repetition finds nothing and leaves the first outcome standing. */
    @Transactional
    void erase(String requestId, String dataSet) {
        Erasure erasure = eraseAt(dataSet, requestId);
        jdbc.sql("insert into erasure (request_id, data_set, outcome, frozen_until) select ?, ?, ?, ?"
                        + " where not exists (select 1 from erasure where request_id = ? and data_set = ?)")
                .params(
                        requestId,
                        dataSet,
                        erasure.outcome().name(),
                        erasure.frozenUntil() == null ? null : Date.valueOf(erasure.frozenUntil()),
                        requestId,
                        dataSet)
                .update();
    }

    /**
     * Asks the data set again.
     *
     * @throws IllegalStateException if it still holds something of the account: the job fails and tries again
     */
    @Transactional
    void verify(String requestId, String dataSet) {
        if (!dataSets.get(dataSet).verifyErased(requests.accountOf(requestId))) {
            throw new IllegalStateException("the data set " + dataSet + " still holds records of the account");
        }
        jdbc.sql("update erasure set verified_at = ? where request_id = ? and data_set = ? and verified_at is null")
                .params(Timestamp.from(clock.instant()), requestId, dataSet)
                .update();
    }

    private Erasure eraseAt(String dataSet, String requestId) {
        String account = requests.accountOf(requestId);
        Treatment treatment = retention.of(dataSet).treatment();
        try {
            return dataSets.get(dataSet).erase(account, treatment, requestId);
        } catch (RuntimeException e) {
            // the cause may quote a record, and the engine keeps what it is told of a failed job
            throw new IllegalStateException("the data set " + dataSet + " was not erased: "
                    + e.getClass().getSimpleName());
        }
    }
}
