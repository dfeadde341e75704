package org.accountsecurity.engine.login;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import org.accountsecurity.shop.Account;
import org.accountsecurity.shop.AccountStatus;
import org.accountsecurity.shop.Accounts;
import org.accountsecurity.shop.PhoneChanged;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.session.Session;
import org.springframework.session.SessionRepository;
import org.springframework.transaction.event.TransactionPhase;
import org.springframework.transaction.event.TransactionalEventListener;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Ends sessions at their next request, on every node: all of an account that is closed, locked or contested, and all
 * but the present one of an account whose phone number has changed.
 */
class AccountSessions extends OncePerRequestFilter {

    private static final Set<AccountStatus> OPEN = Set.of(AccountStatus.ACTIVE, AccountStatus.CLOSING);
    private static final String VERSION = AccountSessions.class.getName() + ".version";

    private static final String NEXT = AccountSessions.class.getName() + ".next";

    private final Accounts accounts;
    private final ObjectProvider<SessionRepository<? extends Session>> sessions;

    AccountSessions(Accounts accounts, ObjectProvider<SessionRepository<? extends Session>> sessions) {
        this.accounts = accounts;
        this.sessions = sessions;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Optional<String> holder = CurrentLogin.holder();
        HttpSession session = request.getSession(false);
        if (holder.isPresent() && session != null && !live(holder.get(), session)) {
            SecurityContextHolder.clearContext();
            session.invalidate();
        }
        chain.doFilter(request, response);
    }

    /** Stores the version of the account at the login. */
    void begin(HttpServletRequest request, Authentication login) {
        if (CurrentLogin.isHolder(login)) {
            accounts.find(login.getName())
                    .ifPresent(account -> request.getSession().setAttribute(VERSION, account.version()));
        }
    }

    /** Runs before the commit, as other requests of the session may be answered meanwhile. */
    @TransactionalEventListener(phase = TransactionPhase.BEFORE_COMMIT)
    void acceptNextVersion(PhoneChanged change) {
        own(change).ifPresent(session -> noteNext(sessions.getObject(), session.getId(), change.version()));
    }

    @TransactionalEventListener(phase = TransactionPhase.AFTER_ROLLBACK)
    void revertNextVersion(PhoneChanged change) {
        own(change).ifPresent(session -> noteNext(sessions.getObject(), session.getId(), null));
    }

    /** Keeps the session in which the number was changed. */
    @TransactionalEventListener
    void adoptNewVersion(PhoneChanged change) {
        own(change).ifPresent(session -> session.setAttribute(VERSION, change.version()));
    }

    private static Optional<HttpSession> own(PhoneChanged change) {
        boolean own = CurrentLogin.holder().filter(change.accountId()::equals).isPresent();
        return own && RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes attributes
                ? Optional.of(attributes.getRequest().getSession())
                : Optional.empty();
    }

    private static <S extends Session> void noteNext(SessionRepository<S> sessions, String id, Long version) {
        S session = sessions.findById(id);
        if (session != null) {
            session.setAttribute(NEXT, version);
            sessions.save(session);
        }
    }

    private boolean live(String accountId, HttpSession session) {
        Object version = session.getAttribute(VERSION);
        Object next = session.getAttribute(NEXT);
        return accounts.find(accountId)
                .filter(account -> OPEN.contains(account.status()))
                .map(Account::version)
                .filter(now -> now.equals(version) || now.equals(next))
                .isPresent();
    }
}
