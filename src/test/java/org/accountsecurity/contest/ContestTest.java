package org.accountsecurity.contest;

import static org.accountsecurity.testing.PathAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.accountsecurity.shop.AccountStatus;
import org.accountsecurity.shop.Accounts;
import org.accountsecurity.testing.JourneyTest;
import org.accountsecurity.testing.Needles;
import org.accountsecurity.testing.Visitor;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** Each sentence of what the link 不是我操作 promises. */
class ContestTest extends JourneyTest {

    private static final String HOLDER = "acct-10001";
    private static final String PHONE = "13800138001";
    private static final String MAIL = "demo-10001@example.com";

    @Autowired
    Contests contests;

    @Autowired
    ContestLinks links;

    @Autowired
    Accounts accounts;

    @Test
    @DisplayName(
            "before the point of no return the link stops the request, wherever it waits, and leaves nothing of it")
    void theLinkStopsTheRequest() {
        ProcessInstance request = journey.verified(HOLDER, PHONE);

        ProcessInstance contest = journey.contest(request, PHONE);

        assertThat(request).isEnded().hasNotPassed("Gateway_Confirmed");
        assertThat(string("select outcome from holder_request where ended_at is not null and committed_at is null"))
                .isEqualTo("CONTESTED");
        for (String table : List.of("vault", "notice", "open_item", "data_export", "data_export_part", "receipt")) {
            assertThat(number("select count(*) from " + table)).as(table).isZero();
        }
        assertThat(accounts.find(HOLDER).orElseThrow().status()).isEqualTo(AccountStatus.ACTIVE);
        assertThat(contest).isWaitingAt("UserTask_HandleContest");
        assertThat(journey.noJobFailed()).isTrue();
    }

    @Test
    @DisplayName("a cooling-off period is stopped as well")
    void aCoolingOffPeriodIsStopped() {
        journey.deployed("deregistration-policy", "\"PT0S\"", "\"P3D\"");
        ProcessInstance request = journey.confirmed(HOLDER, PHONE);
        assertThat(journey.waitsAt(request, "UserTask_CoolOff")).isTrue();

        journey.contest(request, MAIL);

        assertThat(request).isEnded();
        assertThat(number("select count(*) from receipt")).isZero();
    }

    @Test
    @DisplayName("it stops the request that is open now, should the one of the notice have been withdrawn")
    void itStopsTheRequestThatIsOpenNow() {
        ProcessInstance first = journey.start("account-deregistration", HOLDER);
        journey.tellRequested(first);
        journey.submit(first, "UserTask_ReadNotice", "choice", "WITHDRAW");
        ProcessInstance second = journey.start("account-deregistration", HOLDER);

        NotMe.use(contests, journey.notMe(PHONE));

        assertThat(second).isEnded().hasNotPassed("Gateway_NoticeAccepted");
        assertThat(jdbc.sql("select outcome from holder_request order by opened_at, ended_at")
                        .query(String.class)
                        .list())
                .containsExactlyInAnyOrder("EndEvent_RequestWithdrawn", "CONTESTED");
    }

    @Test
    @DisplayName("all sessions of the account end, and those of nobody else; its holder can log in again")
    void allSessionsEnd() {
        ProcessInstance request = journey.start("account-deregistration", HOLDER);
        List<Visitor> own = List.of(new Visitor(port), new Visitor(port));
        own.forEach(session -> session.login(PHONE, "Demo-10001"));
        Visitor other = new Visitor(port);
        other.login("13800138004", "Demo-10004");

        journey.contest(request, PHONE);

        assertThat(own).noneMatch(Visitor::loggedIn);
        assertThat(other.loggedIn()).isTrue();
        own.get(0).login(PHONE, "Demo-10001");
        assertThat(own.get(0).loggedIn()).isTrue();
    }

    @Test
    @DisplayName(
            "the holder is told what happened, why and what to do, until the case is closed; others see nothing of it")
    void theHolderIsTold() {
        ProcessInstance contest = journey.contest(journey.start("account-deregistration", HOLDER), PHONE);
        Visitor holder = new Visitor(port);
        holder.login(PHONE, "Demo-10001");
        Visitor other = new Visitor(port);
        other.login("13800138004", "Demo-10004");

        assertThat(holder.get("/own-requests").json().path("restriction").asText())
                .contains("报告注销账户不是本人操作", "申请已终止", "不能注销账户或更换手机号", "联系客服", "异议编号 YY-");
        assertThat(holder.get("/own-requests").json().path("ended").isNull()).isTrue();
        assertThat(other.get("/own-requests").json().path("restriction").isNull())
                .isTrue();

        journey.submitAs("support", journey.task(contest, "UserTask_HandleContest"), "choice", "NOT_OWN");
        assertThat(holder.get("/own-requests").json().path("restriction").isNull())
                .isTrue();
    }

    @Test
    @DisplayName("whoever asks again meanwhile is told why not and what to do")
    void aRefusedStartSaysWhy() {
        journey.contest(journey.start("account-deregistration", HOLDER), PHONE);
        clock.forward(Duration.ofSeconds(1));
        journey.start("account-deregistration", HOLDER);
        Visitor holder = new Visitor(port);
        holder.login(PHONE, "Demo-10001");

        assertThat(holder.get("/own-requests").json().at("/ended/meaning").asText())
                .contains("不是本人操作")
                .contains("联系客服");
    }

    @ParameterizedTest
    @ValueSource(strings = {PHONE, MAIL})
    @DisplayName("after the point of no return the link opens the case only, and nothing else changes")
    void afterThePointOfNoReturnItOpensTheCaseOnly(String address) {
        ProcessInstance request = journey.start("account-deregistration", HOLDER);
        journey.tellRequested(request);
        String early = journey.notMe(address);
        journey.submit(request, "UserTask_ReadNotice", "choice", "CONTINUE", "consent", true, "channel", "SMS");
        journey.verify(request, PHONE);
        journey.submit(request, "UserTask_ConfirmDeregistration", "choice", "CONFIRM");
        long version = accounts.find(HOLDER).orElseThrow().version();

        String contest = NotMe.use(contests, early);

        assertThat(contests.find(contest).effect()).isEqualTo(Effect.NONE);
        assertThat(accounts.find(HOLDER).orElseThrow().version()).isEqualTo(version);
        assertThat(contests.restriction(HOLDER)).isEmpty();
        journey.erase(request);
        journey.submit(request, "UserTask_AcknowledgeResult");
        assertThat(request).isEnded().hasPassed("EndEvent_AccountDeregistered");
    }

    @Test
    @DisplayName("the link of the last notice works when the account is gone, and leads staff to nobody's data")
    void theLinkOfTheLastNoticeWorks() {
        ProcessInstance request = journey.confirmed(HOLDER, PHONE);
        journey.erase(request);
        journey.submit(request, "UserTask_AcknowledgeResult");

        String contest = NotMe.use(contests, journey.notMe(PHONE));

        assertThat(contests.find(contest).occasion()).isEqualTo(Occasion.DEREGISTRATION_COMMITTED);
        assertThat(accounts.find(HOLDER).orElseThrow().status()).isEqualTo(AccountStatus.CLOSED);
        assertThat(Needles.find(jdbc, List.of(PHONE, MAIL), Set.of("inbox_message")))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"13800138004", "13900139004", "demo-10004@example.com"})
    @DisplayName(
            "of a changed number the old one, the new one and the mail address have links that restrict the account")
    void ofAChangedNumber(String address) {
        ProcessInstance change = journey.changed("acct-10004", "SMS", "13800138004", "13900139004");
        Visitor thief = new Visitor(port);
        thief.login("13900139004", "Demo-10004");

        String contest = NotMe.use(contests, journey.notMe(address));

        assertThat(contests.find(contest).occasion()).isEqualTo(Occasion.PHONE_CHANGED);
        assertThat(contests.find(contest).effect()).isEqualTo(Effect.RESTRICTS);
        assertThat(accounts.find("acct-10004").orElseThrow().phone()).isEqualTo("13900139004");
        assertThat(contests.restriction("acct-10004").orElseThrow()).contains("更换手机号不是本人操作", "联系客服");
        assertThat(thief.loggedIn()).isFalse();
        assertThat(change).isNotEnded();
    }

    @Test
    @DisplayName(
            "whoever has bound another number neither closes the account nor changes again once its holder objects")
    void whoeverHasBoundAnotherNumberDestroysNothing() {
        journey.changed("acct-10004", "SMS", "13800138004", "13900139004");
        ProcessInstance underWay = journey.start("account-deregistration", "acct-10004");

        NotMe.use(contests, journey.notMe("13800138004"));

        assertThat(underWay).isEnded();
        assertThat(string("select outcome from holder_request where process_instance_id = '" + underWay.getId() + "'"))
                .isEqualTo("CONTESTED");
        for (String process : List.of("account-deregistration", "phone-unbinding")) {
            assertThat(journey.start(process, "acct-10004")).isEnded().hasPassed("EndEvent_AccountRestricted");
        }
        assertThat(accounts.find("acct-10004").orElseThrow().status()).isEqualTo(AccountStatus.ACTIVE);
        clock.forward(Duration.ofSeconds(1));
        Visitor thief = new Visitor(port);
        thief.login("13900139004", "Demo-10004");
        assertThat(thief.get("/own-requests").json().path("restriction").asText())
                .contains("更换手机号不是本人操作");
    }

    @Test
    @DisplayName("a contested deregistration ends a phone change that is under way, too, and one that has happened not")
    void aContestEndsAllThatIsUnderWay() {
        ProcessInstance change = journey.start("phone-unbinding", HOLDER);
        ProcessInstance happened = journey.changed("acct-10004", "SMS", "13800138004", "13900139004");

        journey.contest(journey.start("account-deregistration", HOLDER), PHONE);
        journey.contest(journey.start("account-deregistration", "acct-10004"), "13900139004");

        assertThat(change).isEnded();
        assertThat(happened).isNotEnded().isWaitingAt("UserTask_AcknowledgeUnbinding");
    }

    @Test
    @DisplayName("support reads what a contested phone change did to the account, and closing the case lets it go")
    void supportReadsWhatAContestedPhoneChangeDid() {
        journey.changed("acct-10004", "SMS", "13800138004", "13900139004");
        ProcessInstance contest = journey.contestOf(NotMe.use(contests, journey.notMe("13800138004")));
        Task task = journey.task(contest, "UserTask_HandleContest");

        assertThat((String) journey.shownTo("support", task).get("contestEffect"))
                .contains("没有改回", "账户暂停办理");

        journey.submitAs("support", task, "choice", "OWN");
        assertThat(contests.restriction("acct-10004")).isEmpty();
    }

    @Test
    @DisplayName("after a changed number no link uses up another's: each opens a case, which says where it came from")
    void noLinkUsesUpAnothers() {
        journey.changed("acct-10004", "SMS", "13800138004", "13900139004");

        List<String> from = Stream.of("13900139004", "13800138004", "demo-10004@example.com")
                .map(address -> NotMe.use(contests, journey.notMe(address)))
                .map(contest -> contests.find(contest).contestedFrom())
                .toList();

        assertThat(from).containsExactly("新手机号", "原手机号", "绑定邮箱");
        assertThat(contests.contest(token("13800138004"))).isEmpty();
        assertThat(number("select count(*) from contest where closed_at is null"))
                .isEqualTo(3);
    }

    @Test
    @DisplayName("a link works once, and with the first that stops a request its others end")
    void aLinkWorksOnce() {
        ProcessInstance request = journey.start("account-deregistration", HOLDER);
        journey.contest(request, PHONE);

        for (String address : List.of(PHONE, MAIL)) {
            String token = token(address);
            assertThat(contests.prospect(token)).isEmpty();
            assertThat(contests.contest(token)).isEmpty();
        }
        assertThat(number("select count(*) from contest")).isOne();
    }

    @Test
    @DisplayName("a link works for 30 days, and goes then with the purge")
    void aLinkWorksForThirtyDays() {
        journey.tellRequested(journey.start("account-deregistration", HOLDER));
        clock.forward(Duration.ofDays(30).minusMillis(1));
        assertThat(contests.prospect(token(PHONE))).isPresent();
        assertThat(links.purge(clock.instant())).isZero();

        clock.forward(Duration.ofMillis(1));
        assertThat(contests.prospect(token(PHONE))).isEmpty();
        assertThat(contests.contest(token(PHONE))).isEmpty();
        clock.forward(Duration.ofMillis(1));
        assertThat(links.purge(clock.instant())).isEqualTo(2);
        assertThat(number("select count(*) from contest")).isZero();
    }

    @Test
    @DisplayName("no table but the demo's inbox knows a token")
    void noTableKnowsAToken() {
        journey.tellRequested(journey.start("account-deregistration", HOLDER));

        assertThat(Needles.find(jdbc, List.of(token(PHONE), token(MAIL)), Set.of("inbox_message")))
                .isEmpty();
    }

    private String token(String address) {
        return journey.notMe(address).substring(ContestLinks.PATH.length());
    }

    private String string(String sql) {
        return jdbc.sql(sql).query(String.class).single();
    }

    private long number(String sql) {
        return jdbc.sql(sql).query(Long.class).single();
    }
}
