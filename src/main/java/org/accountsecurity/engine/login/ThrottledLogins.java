package org.accountsecurity.engine.login;

import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.authentication.WebAuthenticationDetails;

/** Evaluates every login, and refuses throttled ones all the same: as slow and in the same words as a wrong one. */
class ThrottledLogins implements AuthenticationManager {

    private final AuthenticationManager logins;
    private final LoginThrottle throttle;

    ThrottledLogins(AuthenticationManager logins, LoginThrottle throttle) {
        this.logins = logins;
        this.throttle = throttle;
    }

    @Override
    public Authentication authenticate(Authentication login) {
        String address =
                login.getDetails() instanceof WebAuthenticationDetails details ? details.getRemoteAddress() : "";
        boolean allowed = throttle.charge(login.getName(), address);
        Authentication holderOrStaff = logins.authenticate(login);
        if (!allowed) {
            throw new BadCredentialsException("too many attempts");
        }
        throttle.clear(login.getName());
        return holderOrStaff;
    }
}
