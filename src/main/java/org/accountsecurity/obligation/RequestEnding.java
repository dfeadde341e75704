package org.accountsecurity.obligation;

import java.time.Instant;
import java.util.Optional;
import org.accountsecurity.concurrency.RacingTransaction;
import org.accountsecurity.request.HolderAnswers;
import org.accountsecurity.request.HolderRequests;
import org.accountsecurity.request.Statement;
import org.accountsecurity.shop.Accounts;
import org.camunda.bpm.engine.RuntimeService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Ends requests without their diagrams: by their holder, by their time, or because nothing is owed any more. */
@Component
public class RequestEnding implements Fulfilment {

    private static final Logger LOG = LoggerFactory.getLogger(RequestEnding.class);

    private final HolderRequests requests;
    private final HolderAnswers answers;
    private final Accounts accounts;
    private final Obligations obligations;
    /** Asked late: a process may use what ends its requests. */
    private final ObjectProvider<RequestProcess> processes;

    private final RuntimeService runtime;
    private final TransactionTemplate transaction;

    RequestEnding(
            HolderRequests requests,
            HolderAnswers answers,
            Accounts accounts,
            Obligations obligations,
            ObjectProvider<RequestProcess> processes,
            RuntimeService runtime,
            PlatformTransactionManager transactions) {
        this.requests = requests;
        this.answers = answers;
        this.accounts = accounts;
        this.obligations = obligations;
        this.processes = processes;
        this.runtime = runtime;
        this.transaction = new TransactionTemplate(transactions);
    }

    /** What became of a withdrawal. */
    public enum Withdrawal {
        WITHDRAWN,
        /** It had ended before. */
        ENDED,
        /** The request is past its point of no return. */
        TOO_LATE
    }

    /** Withdraws a request of this account, unless its commit was first: the lock of the account's row decides. */
    public Withdrawal withdraw(String requestId, String accountId) {
        return RacingTransaction.execute(transaction, () -> withdrawLocked(requestId, accountId));
    }

    private Withdrawal withdrawLocked(String requestId, String accountId) {
        accounts.lock(accountId);
        if (!requests.open(requestId)) {
            return Withdrawal.ENDED;
        }
        if (requests.committed(requestId)) {
            return Withdrawal.TOO_LATE;
        }
        answers.add(requestId, accountId, Statement.WITHDRAWN, requests.instanceOf(requestId), null, null);
        end(requestId, HolderRequests.WITHDRAWN);
        return Withdrawal.WITHDRAWN;
    }

    @Override
    public Kind kind() {
        return Kind.END_REQUEST;
    }

    /** What its diagram has not ended in its time: one that is not committed lapses, the others have nothing left to do. */
    @Override
    public Optional<Instant> fulfil(String requestId, String subject) {
        transaction.executeWithoutResult(status -> {
            accounts.lock(requests.accountOf(requestId));
            if (requests.open(requestId)) {
                String outcome = requests.committed(requestId) ? HolderRequests.COMPLETED : HolderRequests.LAPSED;
                end(requestId, outcome);
                LOG.warn("The request {} was not ended by its process and is {} now", requestId, outcome);
            }
            obligations.done(requestId, Kind.END_REQUEST);
        });
        return Optional.empty();
    }

    /** Ends a request and deletes its process instance, without the listeners of its diagram. */
    public void end(String requestId, String outcome) {
        String key = requests.processOf(requestId);
        processes.stream()
                .filter(process -> process.key().equals(key))
                .findFirst()
                .orElseThrow()
                .end(requestId, outcome);
        runtime.deleteProcessInstanceIfExists(requests.instanceOf(requestId), outcome, true, true, true, false);
    }
}
