package org.accountsecurity.engine.login;

import java.util.Optional;
import org.accountsecurity.engine.identity.Groups;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;

/** Who is logged in on this thread. */
final class CurrentLogin {

    private CurrentLogin() {}

    /** The account id, if it is an account holder. */
    static Optional<String> holder() {
        Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
        return isHolder(authentication) ? Optional.of(authentication.getName()) : Optional.empty();
    }

    static boolean isHolder(Authentication authentication) {
        return authentication != null
                && authentication.isAuthenticated()
                && authentication.getAuthorities().stream()
                        .anyMatch(authority -> Groups.ACCOUNT_HOLDER.equals(authority.getAuthority()));
    }
}
