package org.accountsecurity.shop.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Period;
import java.util.List;
import org.accountsecurity.shop.Accounts;
import org.accountsecurity.shop.DataSet;
import org.accountsecurity.shop.OpenItem;
import org.accountsecurity.shop.Treatment;
import org.accountsecurity.testing.JourneyTest;
import org.accountsecurity.testing.Snapshot;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;
import org.springframework.security.crypto.factory.PasswordEncoderFactories;

/** The demo accounts are exactly those that docs/tour.md promises. */
class DemoShopTest extends JourneyTest {

    @Autowired
    List<DataSet> dataSets;

    @Autowired
    Accounts accounts;

    @Autowired
    javax.sql.DataSource dataSource;

    @Test
    @DisplayName("there are five accounts")
    void thereAreFiveAccounts() {
        assertThat(rows.texts("select id from account order by id"))
                .containsExactly("acct-10001", "acct-10002", "acct-10003", "acct-10004", "acct-10005");
    }

    @ParameterizedTest
    @DisplayName("each has its phone number, mail address and password")
    @CsvSource({
        "acct-10001, 13800138001, demo-10001@example.com, Demo-10001",
        "acct-10002, 13800138002, demo-10002@example.com, Demo-10002",
        "acct-10003, 13800138003,                       , Demo-10003",
        "acct-10004, 13800138004, demo-10004@example.com, Demo-10004",
        "acct-10005, 13800138005, demo-10005@example.com, Demo-10005"
    })
    void eachHasItsLogin(String id, String phone, String mail, String password) {
        var row = jdbc.sql("select phone, mail, password_hash from account where id = ?")
                .param(id)
                .query()
                .singleRow();

        assertThat(row.get("phone")).isEqualTo(phone);
        assertThat(row.get("mail")).isEqualTo(mail);
        assertThat(PasswordEncoderFactories.createDelegatingPasswordEncoder()
                        .matches(password, (String) row.get("password_hash")))
                .isTrue();
    }

    @ParameterizedTest
    @DisplayName("each holds what the table says")
    @CsvSource({
        // account, orders, favourites, addresses, subscriptions, linked logins
        "acct-10001, 3, 2, 1, 0, 0",
        "acct-10002, 2, 0, 0, 1, 2",
        "acct-10003, 0, 0, 0, 1, 1",
        "acct-10004, 1, 0, 0, 0, 0",
        "acct-10005, 0, 0, 0, 0, 0"
    })
    void eachHoldsWhatTheTableSays(
            String id, long orders, long favourites, long addresses, long subscriptions, long logins) {
        assertThat(count("orders", id)).isEqualTo(orders);
        assertThat(count("favourites", id)).isEqualTo(favourites);
        assertThat(count("addresses", id)).isEqualTo(addresses);
        assertThat(count("subscriptions", id)).isEqualTo(subscriptions);
        assertThat(count("linked-logins", id)).isEqualTo(logins);
        assertThat(count("profile", id)).isOne();
    }

    @ParameterizedTest
    @DisplayName("each has open what the table says, in fen")
    @CsvSource({
        "acct-10001, ''",
        "acct-10002, 'LINKED_LOGIN 0, LINKED_LOGIN 0, ORDER_IN_DELIVERY 12800, SUBSCRIPTION 0, UNPAID_ORDER 3990, WALLET_BALANCE 1250'",
        "acct-10003, 'LINKED_LOGIN 0, SUBSCRIPTION 0'",
        "acct-10004, ''",
        "acct-10005, ''"
    })
    void eachHasOpenWhatTheTableSays(String id, String openItems) {
        assertThat(String.join(
                        ", ",
                        dataSets.stream()
                                .flatMap(dataSet -> dataSet.openItems(id).stream())
                                .map(DemoShopTest::text)
                                .sorted()
                                .toList()))
                .isEqualTo(openItems);
    }

    @Test
    @DisplayName("what was erased does not come back when the demo is loaded once more")
    void whatWasErasedDoesNotComeBack() {
        for (String account : List.of("acct-10001", "acct-10005")) {
            assertThat(accounts.startClosing(account)).isTrue();
            dataSets.forEach(dataSet -> dataSet.erase(account, new Treatment(false, Period.ZERO), "request"));
        }
        Snapshot before = Snapshot.of(jdbc);

        new ResourceDatabasePopulator(new ClassPathResource("db/demo/R__demo_shop.sql")).execute(dataSource);

        assertThat(Snapshot.of(jdbc).changedSince(before)).isEmpty();
    }

    private long count(String dataSet, String id) {
        return dataSets.stream()
                .filter(candidate -> candidate.name().equals(dataSet))
                .findFirst()
                .orElseThrow()
                .preview(id, new Treatment(false, Period.ZERO))
                .records();
    }

    private static String text(OpenItem item) {
        return item.kind() + " " + item.amountFen();
    }
}
