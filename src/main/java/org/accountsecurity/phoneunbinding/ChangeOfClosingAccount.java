package org.accountsecurity.phoneunbinding;

import org.accountsecurity.request.HolderRequests;
import org.accountsecurity.shop.ClosingFinished;
import org.accountsecurity.shop.ClosingStarted;
import org.camunda.bpm.engine.RuntimeService;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * An account that closes changes no number any more: its open change ends in the same transaction. One that has happened
 * goes on, to tell both numbers, until the account is closed for good.
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
                .ifPresent(this::end);
    }

    @EventListener
    void end(ClosingFinished closing) {
        requests.openRequest(PhoneUnbindingProcess.KEY, closing.accountId()).ifPresent(this::end);
    }

    private void end(String request) {
        runtime.deleteProcessInstance(requests.instanceOf(request), "the account closes");
    }
}
