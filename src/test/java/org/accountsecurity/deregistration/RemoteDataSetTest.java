package org.accountsecurity.deregistration;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.accountsecurity.deregistration.erasure.OneDataSet;
import org.accountsecurity.request.Statement;
import org.accountsecurity.shop.AccountStatus;
import org.accountsecurity.shop.OpenItem;
import org.accountsecurity.shop.Preview;
import org.accountsecurity.shop.Treatment;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.ApplicationContext;
import org.springframework.transaction.support.TransactionTemplate;

/** The commit point of a shop whose only data set is over the network. */
class RemoteDataSetTest extends ClosingTest {

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @DisplayName("it is asked once each, before the account is locked; what it has open keeps the account open")
    void itIsAskedBeforeTheAccountIsLocked(boolean clear) {
        List<String> asked = new ArrayList<>();
        OneDataSet shop = new OneDataSet("favourites") {

            @Override
            public void hold(String accountId, String requestId) {
                ask("hold");
                super.hold(accountId, requestId);
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
        ApplicationContext application =
                with(Map.of("dataSetCatalogue", shop.catalogue()), DeregistrationNotice.class, OpenItems.class);
        journey.verified(HOLDER, PHONE);
        String request = request();
        rows.update(
                "update notice set text = ?",
                application
                        .getBean(DeregistrationNotice.class)
                        .texts(request, HOLDER)
                        .get(Locale.SIMPLIFIED_CHINESE));
        say(Statement.CONSENTED, request);
        say(Statement.CONFIRMED, request);
        shop.openItems = clear ? List.of() : List.of(new OpenItem("UNPAID_ORDER", "1", "订单", 100));
        asked.clear();

        boolean closed = close(request, application.getBean(AccountClosing.class));

        assertThat(asked).containsExactly("hold", "open items", "preview");
        assertThat(closed).isEqualTo(clear);
        assertThat(status()).isEqualTo(clear ? AccountStatus.CLOSING : AccountStatus.ACTIVE);
        assertThat(shop.onHold).isEqualTo(clear);
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
