package org.accountsecurity.engine;

import java.time.Clock;
import java.time.Duration;
import org.accountsecurity.contract.UsableInModels;
import org.accountsecurity.request.HolderRequests;
import org.accountsecurity.shop.Account;
import org.accountsecurity.shop.Accounts;
import org.camunda.bpm.engine.impl.context.Context;
import org.springframework.stereotype.Component;

/**
 * Facts about the account of a request, for conditions and decision tables of a model; the engine stores none of them.
 */
@Component
@UsableInModels
public class AccountFacts {

    private final HolderRequests requests;
    private final Accounts accounts;
    private final Clock clock;

    AccountFacts(HolderRequests requests, Accounts accounts, Clock clock) {
        this.requests = requests;
        this.accounts = accounts;
        this.clock = clock;
    }

    /** The age of the account in whole days. */
    public long getDaysOpen() {
        return Duration.between(account().openedAt(), clock.instant()).toDays();
    }

    /** The shop's level of the holder, such as {@code VIP}. */
    public String getMembershipLevel() {
        return account().membershipLevel().name();
    }

    private Account account() {
        String request = Context.getBpmnExecutionContext().getExecution().getProcessBusinessKey();
        if (request == null) {
            throw new IllegalStateException(
                    "a fact of the account is asked for before there is a request; ask for it after the task that opens one");
        }
        return accounts.find(requests.accountOf(request)).orElseThrow();
    }
}
