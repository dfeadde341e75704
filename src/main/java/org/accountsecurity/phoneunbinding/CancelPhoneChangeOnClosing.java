package org.accountsecurity.phoneunbinding;

import org.accountsecurity.obligation.RequestEnding;
import org.accountsecurity.request.HolderRequests;
import org.accountsecurity.shop.ClosingFinished;
import org.accountsecurity.shop.ClosingStarted;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Ends the open phone change of an account that closes, in the same transaction. A change that has happened goes on, so that
 * both numbers are notified, until the account is closed for good.
 */
@Component
class CancelPhoneChangeOnClosing {

    private static final String ACCOUNT_CLOSED = "ACCOUNT_CLOSED";

    private final HolderRequests requests;
    private final RequestEnding ending;

    CancelPhoneChangeOnClosing(HolderRequests requests, RequestEnding ending) {
        this.requests = requests;
        this.ending = ending;
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
        ending.end(request, ACCOUNT_CLOSED);
    }
}
