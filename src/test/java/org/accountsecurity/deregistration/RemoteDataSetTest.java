package org.accountsecurity.deregistration;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.accountsecurity.ApplicationTest;
import org.accountsecurity.Journey;
import org.accountsecurity.contest.Contests;
import org.accountsecurity.decision.DecisionTables;
import org.accountsecurity.deregistration.erasure.DataSetCatalogue;
import org.accountsecurity.deregistration.erasure.DeregistrationPolicy;
import org.accountsecurity.deregistration.erasure.ErasurePlan;
import org.accountsecurity.deregistration.erasure.OneDataSet;
import org.accountsecurity.deregistration.erasure.RetentionTable;
import org.accountsecurity.deregistration.erasure.Vault;
import org.accountsecurity.deregistration.export.DataExports;
import org.accountsecurity.deregistration.receipt.Receipts;
import org.accountsecurity.request.HolderAnswers;
import org.accountsecurity.request.HolderRequests;
import org.accountsecurity.request.Statement;
import org.accountsecurity.secret.KeyedHash;
import org.accountsecurity.shop.AccountStatus;
import org.accountsecurity.shop.Accounts;
import org.accountsecurity.shop.OpenItem;
import org.accountsecurity.shop.Preview;
import org.accountsecurity.shop.Treatment;
import org.accountsecurity.verification.Verifications;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The commit point of a shop whose only data set is over the network. */
@ApplicationTest
class RemoteDataSetTest {

    private static final String HOLDER = "acct-10001";

    @Autowired
    DeregistrationObligations obligations;

    @Autowired
    Journey journey;

    @Autowired
    HolderRequests requests;

    @Autowired
    HolderAnswers answers;

    @Autowired
    Deregistrations deregistrations;

    @Autowired
    DeregistrationPolicy policy;

    @Autowired
    RetentionTable retention;

    @Autowired
    DecisionTables tables;

    @Autowired
    KeyedHash keyedHash;

    @Autowired
    Accounts accounts;

    @Autowired
    Verifications verifications;

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
    ApplicationEventPublisher events;

    @Autowired
    Clock clock;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    PlatformTransactionManager transactions;

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @DisplayName("it is asked once each, before the account is locked; what it has open keeps the account open")
    void itIsAskedBeforeTheAccountIsLocked(boolean clear) {
        List<String> asked = new ArrayList<>();
        OneDataSet shop = new OneDataSet("favourites") {

            @Override
            public void freeze(String accountId, String requestId) {
                ask("freeze");
                super.freeze(accountId, requestId);
            }

            @Override
            public List<OpenItem> openItems(String accountId) {
                ask("open items");
                return super.openItems(accountId);
            }

            @Override
            public Preview preview(String accountId, Treatment treatment) {
                ask("preview");
                return super.preview(accountId, treatment);
            }

            private void ask(String what) {
                asked.add(what);
                CompletableFuture.runAsync(RemoteDataSetTest.this::lockElsewhere)
                        .orTimeout(5, TimeUnit.SECONDS)
                        .join();
            }
        };
        shop.remote = true;
        DataSetCatalogue catalogue = shop.catalogue();
        DeregistrationNotice notice = new DeregistrationNotice(catalogue, retention);
        OpenItems openItems = new OpenItems(catalogue, requests, tables, keyedHash, jdbc);
        journey.verified(HOLDER, "13800138001");
        String request =
                jdbc.sql("select id from holder_request").query(String.class).single();
        jdbc.sql("update notice set text = ?")
                .param(notice.text(request, HOLDER))
                .update();
        Word word = new Word(answers, requests, jdbc);
        word.say(Statement.CONSENTED, request);
        word.say(Statement.CONFIRMED, request);
        shop.openItems = clear ? List.of() : List.of(new OpenItem("UNPAID_ORDER", "1", "订单", 100));
        asked.clear();

        boolean closed = close(
                request,
                new AccountClosing(
                        requests,
                        accounts,
                        new DataSetHolds(catalogue, openItems, notice, clock),
                        new ClosingEvidence(
                                answers,
                                requests,
                                deregistrations,
                                policy,
                                notice,
                                verifications,
                                openItems,
                                events,
                                clock),
                        plan,
                        exports,
                        vault,
                        receipts,
                        contests,
                        obligations));

        assertThat(asked).containsExactly("freeze", "open items", "preview");
        assertThat(closed).isEqualTo(clear);
        assertThat(accounts.find(HOLDER).orElseThrow().status())
                .isEqualTo(clear ? AccountStatus.CLOSING : AccountStatus.ACTIVE);
        assertThat(shop.frozen).isEqualTo(clear);
    }

    private void lockElsewhere() {
        new TransactionTemplate(transactions).executeWithoutResult(status -> accounts.lock(HOLDER));
    }

    private boolean close(String request, AccountClosing closing) {
        return new TransactionTemplate(transactions).execute(status -> {
            try {
                closing.close(request);
                return true;
            } catch (NotReadyToCloseException e) {
                return false;
            }
        });
    }
}
