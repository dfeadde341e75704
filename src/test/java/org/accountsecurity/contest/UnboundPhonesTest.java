package org.accountsecurity.contest;

import static org.accountsecurity.PathAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.accountsecurity.ApplicationTest;
import org.accountsecurity.Journey;
import org.accountsecurity.Needles;
import org.accountsecurity.TestClock;
import org.accountsecurity.shop.Accounts;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The number that an account has unbound last hears what happens to the account. */
@ApplicationTest
class UnboundPhonesTest {

    private static final String HOLDER = "acct-10004";
    private static final String PHONE = "13800138004";
    private static final String SECOND = "13900139004";
    private static final String THIRD = "13700137004";
    private static final String MAIL = "demo-10004@example.com";

    @Autowired
    Journey journey;

    @Autowired
    Contests contests;

    @Autowired
    UnboundPhones unbound;

    @Autowired
    Accounts accounts;

    @Autowired
    TestClock clock;

    @Autowired
    JdbcClient jdbc;

    private ProcessInstance change;

    @BeforeEach
    void aChangedNumber() {
        change = journey.changed(HOLDER, "SMS", PHONE, SECOND);
        journey.submit(change, "UserTask_AcknowledgeUnbinding");
        clock.forward(Duration.ofHours(1));
        jdbc.sql("delete from inbox_message").update();
    }

    @Test
    @DisplayName("it is told that a deregistration was asked for, and its link stops that")
    void itIsToldOfARequest() {
        ProcessInstance request = journey.start("account-deregistration", HOLDER);
        journey.tellRequested(request);

        assertThat(recipients("%申请了注销%")).containsExactlyInAnyOrder(PHONE, SECOND, MAIL);
        assertThat(texts(PHONE)).singleElement().asString().contains("此前绑定的账户");
        String contest = NotMe.use(contests, journey.notMe(PHONE));

        assertThat(request).isEnded();
        assertThat(contests.find(contest).contestedFrom()).isEqualTo("此前解绑的手机号");
        assertThat(contests.restriction(HOLDER)).isPresent();
    }

    @Test
    @DisplayName(
            "it is told once that the account closes and once that it is closed, without the receipt, then forgotten")
    void itIsToldOfTheClosing() {
        ProcessInstance request = journey.confirmed(HOLDER, SECOND);
        jdbc.sql("delete from inbox_message").update();
        journey.execute(journey.job(request, "StartEvent_TellingClosing"));
        journey.execute(journey.job(request, "SendTask_TellClosing"));
        journey.erase(request);
        journey.submit(request, "UserTask_AcknowledgeResult");

        assertThat(recipients("%已确认注销%")).containsExactlyInAnyOrder(PHONE, SECOND, MAIL);
        assertThat(recipients("%账户已注销%")).containsExactlyInAnyOrder(PHONE, SECOND, MAIL);
        assertThat(texts(PHONE)).hasSize(2).allMatch(text -> !text.contains("查询密码"));
        assertThat(Needles.find(jdbc, List.of(PHONE, SECOND, MAIL), Set.of("inbox_message")))
                .isEmpty();
        assertThat(rows("unbound_phone") + rows("vault")).isZero();
    }

    @Test
    @DisplayName("it is told of the next change as well, and then no more")
    void itIsToldOfTheNextChange() {
        journey.changed(HOLDER, "SMS", SECOND, THIRD);

        assertThat(recipients("%不是我操作%")).containsExactlyInAnyOrder(PHONE, SECOND, THIRD, MAIL);
        assertThat(unbound.of(accounts.find(HOLDER).orElseThrow()).orElseThrow().address())
                .isEqualTo(SECOND);
        NotMe.use(contests, journey.notMe(PHONE));
        assertThat(contests.restriction(HOLDER)).isPresent();
    }

    @Test
    @DisplayName("who binds the old number again is told once")
    void whoBindsTheOldNumberAgainIsToldOnce() {
        journey.changed(HOLDER, "SMS", SECOND, PHONE);

        assertThat(recipients("%不是我操作%")).containsExactlyInAnyOrder(PHONE, SECOND, MAIL);
    }

    @Test
    @DisplayName("a number that is bound again by other means is told once, too")
    void aNumberThatIsBoundAgainIsToldOnce() {
        jdbc.sql("update account set phone = ? where id = ?")
                .params(PHONE, HOLDER)
                .update();

        journey.tellRequested(journey.start("account-deregistration", HOLDER));

        assertThat(recipients("%不是我操作%")).containsExactlyInAnyOrder(PHONE, MAIL);
    }

    @Test
    @DisplayName("no table knows it in plain, and after 30 days none knows it at all")
    void itIsSealedAndEnds() {
        assertThat(Needles.find(jdbc, List.of(PHONE), Set.of())).isEmpty();
        clock.forward(Duration.ofDays(30).minusHours(1).minusMillis(1));
        assertThat(unbound.of(accounts.find(HOLDER).orElseThrow())).isPresent();
        assertThat(unbound.purge(clock.instant())).isZero();

        clock.forward(Duration.ofMillis(1));
        journey.tellRequested(journey.start("account-deregistration", HOLDER));
        assertThat(recipients("%不是我操作%")).containsExactlyInAnyOrder(SECOND, MAIL);
        clock.forward(Duration.ofMillis(1));
        assertThat(unbound.purge(clock.instant())).isEqualTo(1);
    }

    @Test
    @DisplayName("an account that had no number tells the first one that it binds")
    void anAccountThatHadNoNumber() {
        jdbc.sql("update account set phone = null where id = 'acct-10005'").update();

        journey.changed("acct-10005", "EMAIL", "demo-10005@example.com", THIRD);

        assertThat(recipients("%不是我操作%")).containsExactlyInAnyOrder(THIRD, "demo-10005@example.com");
    }

    private List<String> recipients(String text) {
        return jdbc.sql("select recipient from inbox_message where text like ?")
                .param(text)
                .query(String.class)
                .list();
    }

    private List<String> texts(String recipient) {
        return jdbc.sql("select text from inbox_message where recipient = ?")
                .param(recipient)
                .query(String.class)
                .list();
    }

    private long rows(String table) {
        return jdbc.sql("select count(*) from " + table).query(Long.class).single();
    }
}
