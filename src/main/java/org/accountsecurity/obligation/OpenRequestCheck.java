package org.accountsecurity.obligation;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.accountsecurity.request.HolderRequests;
import org.accountsecurity.shop.Accounts;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** No open request can strand: each is owed its end, and at once where its process instance is gone. */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class OpenRequestCheck implements ObligationCheck {

    private static final Logger LOG = LoggerFactory.getLogger(OpenRequestCheck.class);

    private final HolderRequests requests;
    private final Accounts accounts;
    private final Obligations obligations;
    private final Map<String, RequestProcess> processes;
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;

    OpenRequestCheck(
            HolderRequests requests,
            Accounts accounts,
            Obligations obligations,
            List<RequestProcess> processes,
            JdbcClient jdbc,
            PlatformTransactionManager transactions) {
        this.requests = requests;
        this.accounts = accounts;
        this.obligations = obligations;
        this.processes = processes.stream().collect(Collectors.toMap(RequestProcess::key, Function.identity()));
        this.jdbc = jdbc;
        this.transaction = new TransactionTemplate(transactions);
    }

    @Override
    public List<String> lacking() {
        return jdbc.sql(
                        "select id from holder_request r where ended_at is null and (not exists (select 1 from obligation"
                                + " where request_id = r.id and kind = 'END_REQUEST' and done_at is null)"
                                + " or process_instance_id not in (select ID_ from ACT_RU_EXECUTION))")
                .query(String.class)
                .list();
    }

    /** A request that was restored, or lost its obligation by a fault; one that has ended meanwhile is owed nothing. */
    @Override
    public void owe(String requestId) {
        transaction.executeWithoutResult(status -> {
            accounts.lock(requests.accountOf(requestId));
            if (!requests.open(requestId)) {
                return;
            }
            if (!obligations.owed(requestId, Kind.END_REQUEST)) {
                processes.get(requests.processOf(requestId)).owe(requestId);
            }
            if (isGone(requests.instanceOf(requestId))) {
                LOG.warn("The request {} is open and its process instance is gone", requestId);
                obligations.hasten(requestId, Kind.END_REQUEST);
            }
        });
    }

    private boolean isGone(String processInstanceId) {
        return jdbc.sql("select count(*) from ACT_RU_EXECUTION where ID_ = ?")
                        .param(processInstanceId)
                        .query(Long.class)
                        .single()
                == 0;
    }
}
