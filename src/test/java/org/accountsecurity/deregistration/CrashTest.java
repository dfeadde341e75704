package org.accountsecurity.deregistration;

import static org.accountsecurity.testing.PathAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import java.sql.Date;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.accountsecurity.deregistration.erasure.Vault;
import org.accountsecurity.notice.Addressee;
import org.accountsecurity.shop.AccountStatus;
import org.accountsecurity.shop.DataSet;
import org.accountsecurity.shop.DataSetCatalogue;
import org.accountsecurity.testing.Crash;
import org.accountsecurity.testing.Depth;
import org.accountsecurity.testing.FreshDemoShop;
import org.accountsecurity.testing.TestDatabase;
import org.assertj.core.groups.Tuple;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.jose4j.json.JsonUtil;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.transaction.support.TransactionTemplate;

/** A crash before and after every write and every commit of leaving, one a run. */
@Tag("slow")
class CrashTest extends ClosingTest {

    private static final String MAIL = "demo-10001@example.com";

    private static final String CONFIRM = "UserTask_ConfirmDeregistration";
    private static final String COOLING_OFF_OVER = "BoundaryEvent_CoolingOffOver";
    private static final String ACKNOWLEDGE = "UserTask_AcknowledgeResult";

    /** The retries of a job are a minute apart at first. */
    private static final Duration UNTIL_THE_NEXT_TRY = Duration.ofMinutes(1);

    private static final int MORE_STEPS_THAN_ANY_RUN = 60;

    /** One point in so many; more on PostgreSQL, where a run takes four times as long and writes the same. */
    private static final int EVERY = TestDatabase.isPostgres() ? Depth.of(12, 4) : Depth.of(3, 1);

    @Autowired
    ManagementService management;

    @Autowired
    RuntimeService runtime;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    Vault vault;

    @Value("${account-security.receipt.signing-key}")
    String signingKey;

    @ParameterizedTest
    @EnumSource
    @DisplayName(
            "a crash at any write from the confirmation to the end leaves the account closed, once, with one receipt")
    void aCrashFromTheConfirmationToTheEnd(Crash.Moment moment) {
        List<String> points = atEveryPoint(moment, crash -> {
            ProcessInstance request = journey.verified(HOLDER, PHONE);

            confirm(request, crash);
            goOn(request, crash);
            assertClosed(request);
            acknowledge(request, crash);

            assertEnded(request);
        });

        assertThat(points)
                .filteredOn(Crash.COMMIT::equals)
                .as(
                        "commits: the form that is read, the confirmation, seven erasures and their proofs, receipt, each message received, its address forgotten, and the notice, acknowledgement;"
                                + " beside them two notices begun and done, two addresses told with a link and each message received, two links of the last")
                .hasSize(1 + 1 + 7 + 7 + 1 + 2 * 2 + 1 + 1 + (2 + 2) + (2 + 2 + 2) + 2);
        for (String write : List.of(
                "insert into shown_form",
                "insert into holder_answer",
                "update account set status",
                "insert into vault",
                "delete from data_export_part",
                "insert into receipt",
                "insert into retained_transaction",
                "delete from favourite",
                "update account set phone = null",
                "insert into erasure",
                "update erasure set verified_at",
                "update receipt set jws",
                "insert into inbox_message",
                "insert into ACT_RU_JOB",
                "update holder_request set open_for = null")) {
            assertThat(points).anyMatch(point -> point.startsWith(write));
        }
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("a crash while the end of the cooling-off period closes the account is made good by the next try")
    void aCrashAtTheEndOfTheCoolingOffPeriod(Crash.Moment moment) {
        journey.deployed("deregistration-policy", "\"PT0S\"", "\"P3D\"");
        List<String> points = atEveryPoint(moment, crash -> {
            ProcessInstance request = journey.verified(HOLDER, PHONE);
            journey.submit(request, CONFIRM, "choice", "CONFIRM");
            clock.forward(Duration.ofDays(3));

            for (int step = 0; status() == AccountStatus.ACTIVE; step++) {
                assertThat(step).as("tries").isLessThan(2);
                crash.survives(() -> journey.execute(journey.job(request, COOLING_OFF_OVER)));
                assertWhole(request);
            }

            assertThat(journey.jobs(request, "ServiceTask_Erase")).hasSize(7);
        });

        assertThat(points).containsOnlyOnce(Crash.COMMIT);
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("a shop that may serve a closed account stays held: where the answer to the commit is lost, too")
    void aShopThatMayServeAClosedAccountStaysHeld(Crash.Moment moment) {
        Crash none = new Crash(-1, moment);
        said();
        assertThat(none.survives(() -> close(mock()))).isTrue();
        FreshDemoShop.reset(context);
        said();
        DataSet shop = mock();
        Crash crash = new Crash(none.passed().size() - 1, moment);

        crash.survives(() -> close(shop));

        assertThat(crash.statement()).isEqualTo(Crash.COMMIT);
        assertThat(status()).isEqualTo(moment == Crash.Moment.AFTER ? AccountStatus.CLOSING : AccountStatus.ACTIVE);
        verify(shop).hold(eq(HOLDER), anyString());
        verify(shop, never()).release(anyString(), anyString());
    }

    @Test
    @DisplayName("a shop is free again once the closing is certain to have failed")
    void aShopIsFreeAgain() {
        said();
        DataSet shop = mock();

        new Crash(1, Crash.Moment.AFTER).survives(() -> close(shop));

        assertThat(status()).isEqualTo(AccountStatus.ACTIVE);
        verify(shop).release(eq(HOLDER), anyString());
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("a crash comes once, and of its transaction all stays after the commit and nothing before")
    void aCrashComesOnce(Crash.Moment moment) {
        for (int point = 0; point < 3; point++) {
            rows.update("delete from favourite");
            Crash crash = new Crash(point, moment);

            assertThat(crash.survives(this::addTwoFavourites)).isFalse();

            assertThat(crash.statement()).startsWith(point == 2 ? Crash.COMMIT : "insert into favourite");
            assertThat(rows.count("favourite")).isEqualTo(point == 2 && moment == Crash.Moment.AFTER ? 2 : 0);
            rows.update("delete from favourite");
            assertThat(crash.survives(this::addTwoFavourites)).isTrue();
            assertThat(rows.count("favourite")).isEqualTo(2);
        }
    }

    /** What the last run, in which no crash comes any more, writes. */
    private List<String> atEveryPoint(Crash.Moment moment, Consumer<Crash> run) {
        int point = moment.ordinal() % EVERY;
        Crash crash;
        do {
            FreshDemoShop.reset(context);
            crash = new Crash(point, moment);
            point += EVERY;
            try {
                run.accept(crash);
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError(crash.toString(), e);
            }
        } while (crash.happened());
        return crash.passed();
    }

    /** Confirms, and once more if the crash has taken that back. */
    private void confirm(ProcessInstance request, Crash crash) {
        while (journey.waitsAt(request, CONFIRM)) {
            crash.survives(() -> journey.submit(journey.task(request, CONFIRM), "choice", "CONFIRM"));
            assertWhole(request);
        }
    }

    /** Runs whatever is due, and waits for what is due later, until the holder is shown the success. */
    private void goOn(ProcessInstance request, Crash crash) {
        List<Job> due = due();
        for (int step = 0; !due.isEmpty() || !journey.waitsAt(request, ACKNOWLEDGE); step++) {
            assertThat(step).as("steps").isLessThan(MORE_STEPS_THAN_ANY_RUN);
            if (due.isEmpty()) {
                clock.forward(UNTIL_THE_NEXT_TRY);
            } else {
                Job next = due.get(0);
                crash.survives(() -> journey.execute(next));
                assertWhole(request);
            }
            due = due();
        }
    }

    /** Acknowledges the success, and once more if the crash has taken that back. */
    private void acknowledge(ProcessInstance request, Crash crash) {
        while (journey.waitsAt(request, ACKNOWLEDGE)) {
            assertThat(status()).isEqualTo(AccountStatus.CLOSING);
            crash.survives(() -> journey.submit(journey.task(request, ACKNOWLEDGE)));
        }
    }

    /** The commit point alone, of a shop with one data set. */
    private void close(DataSet shop) {
        String request = request();
        DataSetCatalogue catalogue = mock();
        when(catalogue.getNames()).thenReturn(List.of("shop"));
        when(catalogue.get("shop")).thenReturn(shop);
        when(catalogue.ask(eq("shop"), any())).thenCallRealMethod();
        AccountClosing closing = with(Map.of("dataSetCatalogue", catalogue)).getBean(AccountClosing.class);
        transaction.executeWithoutResult(status -> {
            try {
                closing.close(request);
            } catch (NotReadyToCloseException e) {
                throw new AssertionError(e);
            }
        });
    }

    private void addTwoFavourites() {
        transaction.executeWithoutResult(status -> {
            for (String id : List.of("a", "b")) {
                rows.update("insert into favourite (id, account_id, title) values (?, ?, '书')", id, HOLDER);
            }
        });
    }

    private List<Job> due() {
        return management.createJobQuery().executable().list().stream()
                .filter(job -> job.getProcessInstanceId() != null)
                .toList();
    }

    /** Between two steps the account is open with all it has, or closed for good with each data set there or erased. */
    private void assertWhole(ProcessInstance request) {
        Map<String, Object> found = jdbc.sql("""
                        select a.status,
                            case when phone is null and mail is null and nickname is null and password_hash is null
                                then 0 when phone is null or mail is null then -1 else 1 end as profile,
                            (select count(*) from shop_order o where o.account_id = a.id) as orders,
                            (select count(*) from favourite f where f.account_id = a.id) as favourites,
                            (select count(*) from address d where d.account_id = a.id) as addresses,
                            (select count(*) from wallet w where w.account_id = a.id) as wallet,
                            (select count(*) from erasure) as erasures,
                            (select count(*) from retained_transaction) as retained,
                            (select count(*) from vault) as vault,
                            (select count(*) from receipt c join holder_request r on r.id = c.request_id
                                where r.committed_at is not null) as receipts,
                            (select count(*) from data_export) as exports,
                            (select count(*) from inbox_message where text like '%账户已注销%') as notices,
                            (select count(*) from verification where used_at is not null) as spent,
                            (select count(*) from holder_request where committed_at is not null) as committed
                        from account a where a.id = ?
                        """).param(HOLDER).query().singleRow();
        assertThat(management.createJobQuery().noRetriesLeft().count())
                .as("jobs that gave up")
                .isZero();
        if (found.get("status").equals("ACTIVE")) {
            assertThat(found.toString().toLowerCase(Locale.ROOT))
                    .isEqualTo("{status=active, profile=1, orders=3, favourites=2, addresses=1, wallet=1, erasures=0,"
                            + " retained=0, vault=0, receipts=0, exports=1, notices=0, spent=0, committed=0}");
            return;
        }
        assertThat(found)
                .containsEntry("status", "CLOSING")
                .containsEntry("receipts", 1L)
                .containsEntry("exports", 0L)
                .containsEntry("spent", 1L)
                .containsEntry("committed", 1L);
        assertThat(number(found, "profile")).isIn(0L, 1L);
        assertThat(number(found, "orders") + number(found, "retained")).isEqualTo(3);
        assertThat(number(found, "orders")).isIn(0L, 3L);
        assertThat(number(found, "favourites")).isIn(0L, 2L);
        String requestId = request();
        // an address may be told and kept still, since nobody takes a message back; it is not told twice
        List<String> told = rows.texts("select recipient from inbox_message where text like '%账户已注销%'");
        assertThat(told).doesNotHaveDuplicates();
        assertThat(Stream.concat(told.stream(), vault.open(requestId).stream().map(Addressee::address))
                        .distinct())
                .hasSize(2);
        assertThat(rows.texts("select data_set from erasure where outcome <> 'NOTHING_HELD'"))
                .containsExactlyInAnyOrderElementsOf(
                        List.of("profile", "orders", "favourites", "addresses", "wallet").stream()
                                .filter(dataSet -> number(found, dataSet) == 0)
                                .toList());
        assertThat(journey.waitsAt(request, CONFIRM)).isFalse();
    }

    private static long number(Map<String, Object> row, String column) {
        return ((Number) row.get(column)).longValue();
    }

    private void assertClosed(ProcessInstance request) {
        assertThat(status()).isEqualTo(AccountStatus.CLOSING);
        assertThat(jdbc.sql("select data_set, outcome, retained_until, verified_at, failed_since from erasure")
                        .query((row, index) -> new Tuple(
                                row.getString(1),
                                row.getString(2),
                                row.getDate(3),
                                row.getTimestamp(4) != null,
                                row.getTimestamp(5)))
                        .list())
                .containsExactlyInAnyOrder(
                        new Tuple("addresses", "ERASED", null, true, null),
                        new Tuple("favourites", "ERASED", null, true, null),
                        new Tuple("linked-logins", "NOTHING_HELD", null, true, null),
                        new Tuple("orders", "RETAINED", Date.valueOf("2029-11-06"), true, null),
                        new Tuple("profile", "ERASED", null, true, null),
                        new Tuple("subscriptions", "NOTHING_HELD", null, true, null),
                        new Tuple("wallet", "ERASED", null, true, null));
        assertThat(jdbc.sql("select amount_fen from retained_transaction")
                        .query(Long.class)
                        .list())
                .containsExactlyInAnyOrder(8_800L, 32_900L, 12_900L);
        assertThat(outcomes(signed(rows.text("select jws from receipt"))))
                .containsExactlyInAnyOrderElementsOf(rows.texts("select data_set || ' ' || outcome from erasure"));
        assertThat(rows.texts("select recipient from inbox_message where text like '%账户已注销%'"))
                .containsExactlyInAnyOrder(PHONE, MAIL);
        for (String table : List.of("vault", "data_export", "data_export_part")) {
            assertThat(rows.count(table)).as(table).isZero();
        }
        assertThat(runtime.createIncidentQuery().count()).isZero();
        assertThat(journey.waitsAt(request, ACKNOWLEDGE)).isTrue();
    }

    private void assertEnded(ProcessInstance request) {
        assertThat(request).isEnded().hasPassed("EndEvent_AccountDeregistered");
        assertThat(status()).isEqualTo(AccountStatus.CLOSED);
        assertThat(rows.texts("select outcome from holder_request where open_for is null and ended_at is not null"))
                .containsExactly("EndEvent_AccountDeregistered");
        for (String table : List.of("notice", "open_item", "vault", "data_export", "data_export_part")) {
            assertThat(rows.count(table)).as(table).isZero();
        }
        assertThat(rows.count("receipt")).isOne();
        assertThat(management
                        .createJobQuery()
                        .processInstanceId(request.getId())
                        .count())
                .isZero();
    }

    /** What the receipt says, if its signature is ours. */
    private Map<String, Object> signed(String jws) {
        try {
            JsonWebSignature signature = new JsonWebSignature();
            signature.setCompactSerialization(jws);
            signature.setKey(PublicJsonWebKey.Factory.newPublicJwk(signingKey).getPublicKey());
            assertThat(signature.verifySignature()).as("signature").isTrue();
            return JsonUtil.parseJson(signature.getPayload());
        } catch (JoseException e) {
            throw new AssertionError(e);
        }
    }

    private static List<String> outcomes(Map<String, Object> receipt) {
        return ((List<?>) receipt.get("dataSets"))
                .stream()
                        .map(Map.class::cast)
                        .map(dataSet -> dataSet.get("name") + " " + dataSet.get("outcome"))
                        .toList();
    }
}
