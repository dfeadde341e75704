package org.accountsecurity.shop.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.accountsecurity.shop.Account;
import org.accountsecurity.shop.AccountStatus;
import org.accountsecurity.shop.Accounts;
import org.accountsecurity.shop.ClosingFinished;
import org.accountsecurity.shop.ClosingProof;
import org.accountsecurity.shop.ClosingStarted;
import org.accountsecurity.shop.MembershipLevel;
import org.accountsecurity.shop.PhoneChanged;
import org.accountsecurity.shop.PhoneNumbers;
import org.accountsecurity.shop.PhoneTakenException;
import org.accountsecurity.text.TypedText;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** The accounts of the embedded shop, in the table {@code account}. */
@Component
class JdbcAccounts implements Accounts {

    private static final String SELECT =
            "select id, status, version, phone, mail, password_hash, opened_at, membership_level from account where ";

    private final JdbcClient jdbc;
    private final PhoneNumbers phoneNumbers;
    private final TransactionTemplate savepoint;

    private final ApplicationEventPublisher events;
    private final ObjectProvider<ClosingProof> proof;

    JdbcAccounts(
            JdbcClient jdbc,
            PhoneNumbers phoneNumbers,
            PlatformTransactionManager transactions,
            ApplicationEventPublisher events,
            ObjectProvider<ClosingProof> proof) {
        this.jdbc = jdbc;
        this.proof = proof;
        this.events = events;
        this.phoneNumbers = phoneNumbers;
        this.savepoint = new TransactionTemplate(transactions);
        this.savepoint.setPropagationBehavior(TransactionDefinition.PROPAGATION_NESTED);
    }

    @Override
    public Optional<Account> find(String accountId) {
        return jdbc.sql(SELECT + "id = ?")
                .param(accountId)
                .query(JdbcAccounts::account)
                .optional();
    }

    @Override
    public Optional<Account> findByLogin(String phoneOrMail) {
        String login = canonicalLogin(phoneOrMail);
        return findActive(login.contains("@") ? "mail_login = ?" : "phone = ?", login);
    }

    @Override
    public String canonicalLogin(String phoneOrMail) {
        String login = TypedText.mail(phoneOrMail);
        return login.contains("@") ? login : phoneNumbers.mobile(login).orElseGet(() -> TypedText.number(login));
    }

    @Override
    public Account lock(String accountId) {
        return jdbc.sql(SELECT + "id = ? for update")
                .param(accountId)
                .query(JdbcAccounts::account)
                .optional()
                .orElseThrow(() -> new NoSuchElementException("there is no account " + accountId));
    }

    @Override
    public boolean phoneInUse(String phone) {
        return jdbc.sql("select count(*) from account where phone = ?")
                        .param(phone)
                        .query(Long.class)
                        .single()
                > 0;
    }

    /** The savepoint keeps the caller's transaction usable after a violation of the unique index. */
    @Override
    public void changePhone(String accountId, String newPhone) throws PhoneTakenException {
        try {
            int changed = savepoint.execute(status -> jdbc.sql(
                            "update account set phone = ?, version = version + 1 where id = ? and status = 'ACTIVE'")
                    .params(newPhone, accountId)
                    .update());
            if (changed == 0) {
                throw new IllegalStateException("account " + accountId + " is not active");
            }
        } catch (DuplicateKeyException e) {
            throw new PhoneTakenException(e);
        }
        find(accountId).ifPresent(account -> events.publishEvent(new PhoneChanged(accountId, account.version())));
    }

    @Override
    public void endSessions(String accountId) {
        jdbc.sql("update account set version = version + 1 where id = ?")
                .param(accountId)
                .update();
    }

    @Override
    public boolean startClosing(String accountId) {
        try {
            savepoint.executeWithoutResult(status -> move(accountId, AccountStatus.ACTIVE, AccountStatus.CLOSING));
        } catch (DataIntegrityViolationException e) {
            return false;
        }
        events.publishEvent(new ClosingStarted(accountId));
        return true;
    }

    @Override
    public boolean finishClosing(String accountId) {
        AccountStatus status = lock(accountId).status();
        if (status != AccountStatus.CLOSING || !proof.getObject().given(accountId)) {
            return status == AccountStatus.CLOSED;
        }
        move(accountId, AccountStatus.CLOSING, AccountStatus.CLOSED);
        events.publishEvent(new ClosingFinished(accountId));
        return true;
    }

    private Optional<Account> findActive(String condition, String value) {
        return jdbc.sql(SELECT + condition + " and status = 'ACTIVE'")
                .param(value)
                .query(JdbcAccounts::account)
                .optional();
    }

    private void move(String accountId, AccountStatus from, AccountStatus to) {
        jdbc.sql("update account set status = ? where id = ? and status = ?")
                .params(to.name(), accountId, from.name())
                .update();
    }

    private static Account account(ResultSet row, int rowNumber) throws SQLException {
        return new Account(
                row.getString("id"),
                AccountStatus.valueOf(row.getString("status")),
                row.getLong("version"),
                row.getString("phone"),
                row.getString("mail"),
                row.getString("password_hash"),
                row.getTimestamp("opened_at").toInstant(),
                MembershipLevel.valueOf(row.getString("membership_level")));
    }
}
