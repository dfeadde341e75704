package org.accountsecurity.engine.login;

import org.accountsecurity.engine.identity.Groups;
import org.accountsecurity.shop.Accounts;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.core.userdetails.UsernameNotFoundException;

/** Finds an active account by phone number or mail address; its name from then on is the account id. */
class HolderLogins implements UserDetailsService {

    private final Accounts accounts;

    HolderLogins(Accounts accounts) {
        this.accounts = accounts;
    }

    @Override
    public UserDetails loadUserByUsername(String phoneOrMail) {
        return accounts.findByLogin(phoneOrMail)
                .filter(account -> account.passwordHash() != null)
                .map(account -> User.withUsername(account.id())
                        .password(account.passwordHash())
                        .authorities(Groups.ACCOUNT_HOLDER)
                        .build())
                .orElseThrow(() -> new UsernameNotFoundException("no active account has this login"));
    }
}
