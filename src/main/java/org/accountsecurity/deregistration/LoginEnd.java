package org.accountsecurity.deregistration;

import org.accountsecurity.obligation.Kind;
import org.accountsecurity.obligation.Obligations;
import org.accountsecurity.obligation.OwedOnce;
import org.accountsecurity.request.HolderRequests;
import org.accountsecurity.shop.Accounts;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Closes an account for good; without a signed receipt it stays CLOSING and the obligation open. */
@Component
class LoginEnd implements OwedOnce {

    private final HolderRequests requests;
    private final Accounts accounts;
    private final Obligations obligations;

    LoginEnd(HolderRequests requests, Accounts accounts, Obligations obligations) {
        this.requests = requests;
        this.accounts = accounts;
        this.obligations = obligations;
    }

    @Override
    public Kind kind() {
        return Kind.END_LOGINS;
    }

    @Override
    @Transactional
    public void fulfil(String requestId) {
        if (accounts.finishClosing(requests.accountOf(requestId))) {
            obligations.done(requestId, Kind.END_LOGINS);
        }
    }
}
