package org.accountsecurity.phoneunbinding;

import org.accountsecurity.request.HolderRequests;
import org.accountsecurity.shop.ClosingStarted;
import org.camunda.bpm.engine.RuntimeService;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** An account that closes changes no number any more: its open change ends in the same transaction. */
@Component
class ChangeOfClosingAccount {

    private final HolderRequests requests;
    private final RuntimeService runtime;

    ChangeOfClosingAccount(HolderRequests requests, RuntimeService runtime) {
        this.requests = requests;
        this.runtime = runtime;
    }

    @EventListener
    void end(ClosingStarted closing) {
        requests.openInstance(PhoneUnbindingProcess.KEY, closing.accountId())
                .ifPresent(instance -> runtime.deleteProcessInstance(instance, "the account closes"));
    }
}
