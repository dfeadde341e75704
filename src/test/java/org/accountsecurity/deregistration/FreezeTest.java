package org.accountsecurity.deregistration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.mock;

import java.time.Clock;
import org.accountsecurity.ApplicationTest;
import org.accountsecurity.Journey;
import org.accountsecurity.contest.Contests;
import org.accountsecurity.deregistration.erasure.DeregistrationPolicy;
import org.accountsecurity.deregistration.erasure.ErasurePlan;
import org.accountsecurity.deregistration.erasure.OneDataSet;
import org.accountsecurity.deregistration.erasure.Vault;
import org.accountsecurity.deregistration.export.DataExports;
import org.accountsecurity.deregistration.receipt.Receipts;
import org.accountsecurity.request.HolderAnswers;
import org.accountsecurity.request.HolderRequests;
import org.accountsecurity.request.Statement;
import org.accountsecurity.shop.AccountStatus;
import org.accountsecurity.shop.Accounts;
import org.accountsecurity.shop.DataSetFailedException;
import org.accountsecurity.verification.Verifications;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.TransactionTemplate;

/** A remote data set is frozen for the commit point, and unfrozen whenever the account does not close. */
@ApplicationTest
class FreezeTest {

    @Autowired
    Journey journey;

    @Autowired
    HolderRequests requests;

    @Autowired
    Deregistrations deregistrations;

    @Autowired
    Accounts accounts;

    @Autowired
    Verifications verifications;

    @Autowired
    OpenItems openItems;

    @Autowired
    HolderAnswers answers;

    @Autowired
    DeregistrationPolicy policy;

    @Autowired
    DeregistrationNotice notice;

    @Autowired
    ApplicationEventPublisher events;

    @Autowired
    Clock clock;

    @Autowired
    ErasurePlan plan;

    @Autowired
    DataExports exports;

    @Autowired
    Vault vault;

    @Autowired
    Receipts receipts;

    @Autowired
    Contests contests;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    PlatformTransactionManager transactions;

    /** Frozen in the place of the shop's own. */
    private final OneDataSet remote = new OneDataSet("favourites");

    private AccountClosing closing;
    private String request;

    @BeforeEach
    void verified() {
        var process = journey.start("account-deregistration", "acct-10001");
        journey.submit(process, "UserTask_ReadNotice", "choice", "CONTINUE", "consent", true, "channel", "SMS");
        journey.verify(process, "13800138001");
        request = jdbc.sql("select id from holder_request").query(String.class).single();
        new Word(answers, requests, jdbc).say(Statement.CONFIRMED, request);
        remote.remote = true;
        closing = closing(openItems);
    }

    private AccountClosing closing(OpenItems items) {
        DataSetHolds holds = new DataSetHolds(remote.catalogue(), items, notice, clock);
        ClosingEvidence evidence = new ClosingEvidence(
                answers, requests, deregistrations, policy, notice, verifications, items, events, clock);
        return new AccountClosing(requests, accounts, holds, evidence, plan, exports, vault, receipts, contests);
    }

    @Test
    @DisplayName("an account that closes stays frozen")
    void anAccountThatClosesStaysFrozen() {
        inTransaction(status -> {});

        assertThat(remote.frozen).isTrue();
    }

    @Test
    @DisplayName("an account that is not ready is unfrozen")
    void anAccountThatIsNotReadyIsUnfrozen() {
        jdbc.sql("update account set version = version + 1 where id = 'acct-10001'")
                .update();

        assertThatThrownBy(() -> inTransaction(status -> {})).hasCauseInstanceOf(NotReadyToCloseException.class);

        assertThat(remote.freezes).isOne();
        assertThat(remote.frozen).isFalse();
    }

    @Test
    @DisplayName("an account whose closing is rolled back is unfrozen")
    void anAccountWhoseClosingIsRolledBackIsUnfrozen() {
        inTransaction(TransactionStatus::setRollbackOnly);

        assertThat(remote.freezes).isOne();
        assertThat(remote.frozen).isFalse();
    }

    @Test
    @DisplayName("a data set that can't be frozen now keeps the account open, and its holder reads what to do")
    void aDataSetThatCannotBeFrozen() {
        remote.failure = new DataSetFailedException("remote", "answered 503");

        assertThatThrownBy(() -> inTransaction(status -> {}))
                .hasMessage("data set remote: answered 503. 商家的系统暂时没有给出可用的应答，这一步没有完成。请过几分钟再试；一直如此，请联系客服。");

        assertThat(accounts.find("acct-10001").orElseThrow().status()).isEqualTo(AccountStatus.ACTIVE);
    }

    @Test
    @DisplayName("situation 2: an account that owes does not close, even if its open items are let pass")
    void situation02AnAccountThatOwesDoesNotClose() {
        jdbc.sql("update wallet set balance_fen = 3990 where account_id = 'acct-10001'")
                .update();
        closing = closing(mock());

        assertThatThrownBy(() -> inTransaction(status -> {}))
                .rootCause()
                .isInstanceOf(NotReadyToCloseException.class)
                .hasMessageContaining("未结清");

        assertThat(accounts.find("acct-10001").orElseThrow().status()).isEqualTo(AccountStatus.ACTIVE);
    }

    private void inTransaction(java.util.function.Consumer<TransactionStatus> afterwards) {
        new TransactionTemplate(transactions).executeWithoutResult(status -> {
            try {
                closing.close(request);
            } catch (NotReadyToCloseException e) {
                throw new IllegalStateException(e);
            }
            afterwards.accept(status);
        });
    }
}
