package org.accountsecurity.phoneunbinding;

import org.accountsecurity.request.HolderRequests;
import org.accountsecurity.shop.ClosingStarted;
import org.camunda.bpm.engine.RuntimeService;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * An account that closes changes no number any more: its open change ends in the same transaction. One that has happened
 * goes on, to tell both numbers.
 */
@Component
class ChangeOfClosingAccount {

    private final HolderRequests requests;
    private final PendingPhones pending;
    private final RuntimeService runtime;

    ChangeOfClosingAccount(HolderRequests requests, PendingPhones pending, RuntimeService runtime) {
        this.requests = requests;
        this.pending = pending;
        this.runtime = runtime;
    }

    @EventListener
    void end(ClosingStarted closing) {
        requests.openRequest(PhoneUnbindingProcess.KEY, closing.accountId())
                .filter(request -> !pending.rebound(request))
                .map(requests::instanceOf)
                .ifPresent(instance -> runtime.deleteProcessInstance(instance, "the account closes"));
    }
}
