package org.accountsecurity.engine.login;

import org.accountsecurity.shop.Account;
import org.accountsecurity.shop.Accounts;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.authentication.WebAuthenticationDetails;

/**
 * Evaluates every login, also those over the limit, so that they take as long and fail in the same words as a wrong
 * password.
 */
class ThrottledLogins implements AuthenticationManager {

    private final AuthenticationManager logins;
    private final LoginThrottle throttle;
    private final Accounts accounts;

    ThrottledLogins(AuthenticationManager logins, LoginThrottle throttle, Accounts accounts) {
        this.logins = logins;
        this.throttle = throttle;
        this.accounts = accounts;
    }

    @Override
    public Authentication authenticate(Authentication login) {
        String address = address(login);
        String charged = accounts.findByLogin(login.getName())
                .map(Account::id)
                .orElseGet(() -> accounts.canonicalLogin(login.getName()));
        LoginThrottle.Charge charge = throttle.charge(charged, address);
        Authentication holderOrStaff = logins.authenticate(login);
        if (!charge.allowed()) {
            throw new BadCredentialsException("too many attempts");
        }
        throttle.succeeded(charge, charged, address);
        return holderOrStaff;
    }

    private static String address(Authentication login) {
        return login.getDetails() instanceof WebAuthenticationDetails details ? details.getRemoteAddress() : "";
    }
}
