package org.accountsecurity.engine.login;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import org.accountsecurity.shop.AccountStatus;
import org.accountsecurity.shop.Accounts;
import org.accountsecurity.shop.PhoneChanged;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.transaction.event.TransactionalEventListener;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Ends sessions with the next request they make, on every node: those of an account that is closed or locked or whose
 * request was contested, and all but the own one of an account whose phone number has changed.
 */
class AccountSessions extends OncePerRequestFilter {

    private static final Set<AccountStatus> OPEN = Set.of(AccountStatus.ACTIVE, AccountStatus.CLOSING);
    private static final String VERSION = AccountSessions.class.getName() + ".version";

    private final Accounts accounts;

    AccountSessions(Accounts accounts) {
        this.accounts = accounts;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Optional<String> holder = LoggedIn.holder();
        HttpSession session = request.getSession(false);
        if (holder.isPresent() && session != null && !live(holder.get(), session)) {
            SecurityContextHolder.clearContext();
            session.invalidate();
        }
        chain.doFilter(request, response);
    }

    /** Notes with which version of the account the session begins. */
    void begin(HttpServletRequest request, Authentication login) {
        if (LoggedIn.isHolder(login)) {
            accounts.find(login.getName())
                    .ifPresent(account -> request.getSession().setAttribute(VERSION, account.version()));
        }
    }

    /** The session in which the number was changed goes on. */
    @TransactionalEventListener
    void keepOwnSession(PhoneChanged change) {
        boolean own = LoggedIn.holder().filter(change.accountId()::equals).isPresent();
        if (own && RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes attributes) {
            attributes.getRequest().getSession().setAttribute(VERSION, change.version());
        }
    }

    private boolean live(String accountId, HttpSession session) {
        Object version = session.getAttribute(VERSION);
        return accounts.find(accountId)
                .filter(account -> OPEN.contains(account.status()))
                .filter(account -> Long.valueOf(account.version()).equals(version))
                .isPresent();
    }
}
