package org.accountsecurity.shop.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZonedDateTime;
import java.util.UUID;
import org.accountsecurity.shop.DataSet;
import org.accountsecurity.shop.DataSetContract;
import org.accountsecurity.shop.Treatment;
import org.accountsecurity.shop.http.ReferenceShop.Reservation;
import org.accountsecurity.shop.http.ReferenceShop.Retained;
import org.accountsecurity.testing.TestClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class HttpDataSetContractTest extends DataSetContract {

    private static final LocalDate STAYED_ON = LocalDate.of(2026, 5, 1);
    private static final int RECORDS = 5;

    private final TestClock clock = new TestClock();
    private ReferenceShop shop;

    @BeforeEach
    void open() throws IOException {
        shop = new ReferenceShop(clock);
    }

    @AfterEach
    void close() {
        shop.close();
    }

    @Override
    protected DataSet dataSet() {
        return new HttpDataSet(
                new HttpDataSetSettings(
                        "reservations", shop.url(), ReferenceShop.TOKEN, Duration.ofSeconds(5), 2, true),
                clock);
    }

    /** Two stays ahead among the past ones; the id shows that it is encoded. */
    @Override
    protected String accountWithRecords() {
        String account = accountWithout();
        for (int number = 0; number < RECORDS; number++) {
            LocalDate day = number % 2 == 1 ? null : STAYED_ON.plusDays(number);
            shop.reserve(account, new Reservation(account + "-" + number, "李雷", 12_800, day));
        }
        return account;
    }

    @Override
    protected String accountWithout() {
        return "acct-一/二;?" + UUID.randomUUID();
    }

    @Override
    protected Treatment treatment() {
        return new Treatment(true, Period.ofYears(3));
    }

    @Override
    protected long recordsHeld(String accountId) {
        return shop.held(accountId);
    }

    @Override
    protected boolean takesObligation(String accountId) {
        return shop.reserve(accountId, new Reservation(UUID.randomUUID().toString(), "李雷", 1, null));
    }

    @Override
    protected boolean purges() {
        return false;
    }

    @Test
    @DisplayName("a hold that nobody undoes ends by itself after a quarter of an hour")
    void aHoldEndsByItself() {
        String account = accountWithRecords();
        dataSet().hold(account, "request");

        clock.forward(Duration.ofMinutes(14));
        assertThat(takesObligation(account)).isFalse();
        clock.forward(Duration.ofMinutes(1));
        assertThat(takesObligation(account)).isTrue();
    }

    @Test
    @DisplayName("what is retained leads to nobody, and the shop itself deletes it on its day")
    void theShopDeletesWhatItRetained() {
        String account = accountWithRecords();
        while (!dataSet().erase(account, treatment(), "request").complete()) {
            assertThat(shop.held(account)).isPositive();
        }
        assertThat(shop.retained()).hasSize(3).contains(new Retained(12_800, STAYED_ON, STAYED_ON.plusYears(3)));

        clock.set(ZonedDateTime.of(STAYED_ON.plusYears(3).atStartOfDay(), clock.getZone())
                .toInstant());
        shop.purge();
        assertThat(shop.retained()).hasSize(2);
        clock.forward(Duration.ofDays(RECORDS));
        shop.purge();
        assertThat(shop.retained()).isEmpty();
    }

    @Test
    @DisplayName("an answer that got lost costs nothing: the same request is told again what it did")
    void theSameRequestIsToldAgain() {
        String account = accountWithRecords();
        dataSet().erase(account, treatment(), "request");
        dataSet().erase(account, treatment(), "request");
        dataSet().erase(account, treatment(), "request");

        assertThat(dataSet().erase(account, treatment(), "request").retainedUntil())
                .isEqualTo(STAYED_ON.plusDays(RECORDS - 1L).plusYears(3));
    }
}
