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
class CancelPhoneChangeOnClosing {

    private static final String ACCOUNT_CLOSED = "ACCOUNT_CLOSED";

    private final HolderRequests requests;
    private final RuntimeService runtime;

    CancelPhoneChangeOnClosing(HolderRequests requests, RuntimeService runtime) {
        this.requests = requests;
        this.runtime = runtime;
    }

    @EventListener
    void end(ClosingStarted closing) {
        requests.openRequest(PhoneUnbindingProcess.KEY, closing.accountId())
                .filter(request -> !requests.committed(request))
                .ifPresent(this::end);
    }

    @EventListener
    void end(ClosingFinished closing) {
        requests.openRequest(PhoneUnbindingProcess.KEY, closing.accountId()).ifPresent(this::end);
    }

    private void end(String request) {
        requests.end(request, ACCOUNT_CLOSED);
        runtime.deleteProcessInstanceIfExists(
                requests.instanceOf(request), "the account closes", false, false, false, false);
    }
}
