package org.accountsecurity.engine.status;

import static org.accountsecurity.testing.PathAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import org.accountsecurity.obligation.ObligationSweep;
import org.accountsecurity.request.HolderRequests;
import org.accountsecurity.testing.JourneyTest;
import org.accountsecurity.testing.Modeler;
import org.accountsecurity.testing.Visitor;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.util.ReflectionTestUtils;
import org.springframework.util.ConcurrentLruCache;

class OwnRequestsTest extends JourneyTest {

    private static final String HOLDER = "acct-10001";
    private static final String PHONE = "13800138001";

    @Autowired
    ProcessEngine engine;

    @Autowired
    ObligationSweep sweep;

    @Autowired
    HolderRequests requests;

    private Visitor holder;

    @BeforeEach
    void login() {
        holder = new Visitor(port);
        holder.login(PHONE, "Demo-10001");
    }

    @Test
    @DisplayName("whoever has asked for nothing is offered what can be asked for, with its steps")
    void whoeverHasAskedForNothing() {
        JsonNode standing = standing();

        assertThat(standing.path("open")).isEmpty();
        assertThat(standing.path("ended").isNull()).isTrue();
        assertThat(standing.path("offered").findValuesAsText("key"))
                .containsExactlyInAnyOrder("account-deregistration", "phone-unbinding");
        assertThat(standing.path("offered").findValues("steps").toString())
                .contains("\"注销准备\",\"阅读注销须知\",\"验证身份\",\"确认注销\",\"清除个人数据\",\"查看注销成功提示\"")
                .contains("\"阅读解绑须知\",\"验证身份\",\"输入新手机号\",\"验证新手机号\",\"确认解绑\",\"查看解绑成功提示\"");
        assertThat(standing.path("now").asText())
                .startsWith("2026-11-23T10:00:00")
                .endsWith("+08:00");
    }

    @Test
    @DisplayName("a deregistration is at each of its steps in turn, with the task to do or what is being done")
    void aDeregistrationIsAtEachOfItsSteps() {
        ProcessInstance request = journey.startWithoutCopy("account-deregistration", HOLDER);
        assertTask(2, "阅读注销须知", "2026-11-26T10:00");
        journey.submit(request, "UserTask_ReadNotice", "choice", "CONTINUE", "consent", true, "channel", "SMS");
        assertTask(3, "输入验证码", "2026-11-23T10:05");
        journey.verify(request, PHONE);
        assertTask(4, "确认注销", "2026-11-24T10:00");
        journey.submit(request, "UserTask_ConfirmDeregistration", "choice", "CONFIRM");
        assertWaits(5, "清除个人数据");
        journey.erase(request);
        assertTask(6, "查看注销成功提示", "2026-11-23T10:10");
    }

    @ParameterizedTest
    @CsvSource({"acct-10001, 13800138001, Read the notice", "acct-10002, 13800138002, Settle the open items"})
    @DisplayName("an English reader finds the task by its English name, however long the id of its process would be")
    void anEnglishReaderFindsTheTask(String account, String phone, String name) {
        holder = new Visitor(port);
        holder.acceptLanguage("en");
        holder.login(phone, "Demo-" + account.substring(5));
        journey.startWithoutCopy("account-deregistration", account);

        assertThat(open().path("task").path("name").asText()).isEqualTo(name);
        assertThat(holder.get("/camunda/api/engine/engine/default/task?assignee=" + account)
                        .json()
                        .findValuesAsText("name"))
                .containsExactly(name);
    }

    @Test
    @DisplayName("a cooling-off period takes the place of the confirmation among the steps, until its end")
    void aCoolingOffPeriodTakesThePlaceOfTheConfirmation() {
        journey.deployed("deregistration-policy", "\"PT0S\"", "\"P3D\"");
        ProcessInstance request = journey.verified(HOLDER, PHONE);

        journey.submit(request, "UserTask_ConfirmDeregistration", "choice", "CONFIRM");

        assertTask(4, "等待冷静期", "2026-11-26T10:00");
        assertThat(open().path("task").path("action").asText()).isEqualTo("撤回申请");
        assertThat(open().path("steps").get(3).asText()).isEqualTo("冷静期");
    }

    @Test
    @DisplayName("a phone change that tells both numbers is at its last step, and has nothing for the holder to do")
    void aPhoneChangeThatTellsBothNumbers() {
        ProcessInstance change = journey.start("phone-unbinding", HOLDER);
        journey.submit(change, "UserTask_ReadUnbindingNotice", "choice", "CONTINUE", "channel", "SMS");
        assertTask(2, "输入验证码", "2026-11-23T10:05");
        journey.verify(change, PHONE);
        assertTask(3, "输入新手机号", "2026-11-24T10:00");
        journey.submit(change, "UserTask_EnterNewPhone", "choice", "CONTINUE", "newPhone", "13900139001");
        assertTask(4, "输入验证码", "2026-11-23T10:05");
        journey.verify(change, "13900139001");
        assertTask(5, "确认解绑", "2026-11-24T10:00");

        journey.submit(change, "UserTask_ConfirmUnbinding", "choice", "CONFIRM");
        // the change ends every other session of the account
        holder.login("13900139001", "Demo-10001");

        assertWaits(6, "通知新旧手机号");
        journey.execute(journey.job(change, "ServiceTask_NotifyBothNumbers"));
        assertTask(6, "查看解绑成功提示", "2026-11-23T10:10");
    }

    @Test
    @DisplayName("what has ended is said with its reason and remedy, for ten minutes and until it is tried again")
    void whatHasEndedIsSaid() {
        ProcessInstance request = journey.start("account-deregistration", HOLDER);
        journey.submit(request, "UserTask_ReadNotice", "choice", "WITHDRAW");

        JsonNode ended = standing().path("ended");
        assertThat(ended.path("process").asText()).isEqualTo("注销账户");
        assertThat(ended.path("outcome").asText()).isEqualTo("申请已撤回");
        assertThat(ended.path("meaning").asText()).contains("账户照常使用", "可以重新申请");

        journey.start("account-deregistration", HOLDER);
        assertThat(standing().path("ended").isNull()).isTrue();
    }

    @Test
    @DisplayName("news are forgotten after ten minutes")
    void newsAreForgotten() {
        ProcessInstance request = journey.start("account-deregistration", HOLDER);
        journey.submit(request, "UserTask_ReadNotice", "choice", "WITHDRAW");

        clock.forward(Duration.ofMinutes(10).plusSeconds(1));

        assertThat(standing().path("ended").isNull()).isTrue();
    }

    @Test
    @DisplayName("whoever asks twice is told why, and where to go on")
    void whoeverAsksTwiceIsToldWhy() {
        journey.start("account-deregistration", HOLDER);
        clock.forward(Duration.ofSeconds(1));

        journey.start("account-deregistration", HOLDER);

        assertThat(standing().path("open")).hasSize(1);
        assertThat(standing().path("ended").path("outcome").asText()).isEqualTo("已有进行中的申请");
        assertThat(standing().path("ended").path("meaning").asText()).contains("继续办理", "客服");
    }

    @ParameterizedTest
    @ValueSource(strings = {"account-deregistration", "phone-unbinding"})
    @DisplayName("a request is withdrawn beside its diagram wherever it waits, and said to be")
    void aRequestIsWithdrawn(String key) {
        ProcessInstance request = journey.start(key, HOLDER);
        assertThat(open().path("withdrawable").asBoolean()).isTrue();

        Visitor.Answer answer = withdraw(holder, open().path("id").asText(), token(holder));

        assertThat(answer.status()).as(answer.body()).isEqualTo(204);
        assertThat(request).isEnded();
        assertThat(standing().path("open")).isEmpty();
        assertThat(standing().path("ended").path("outcome").asText()).isEqualTo("申请已撤回");
        assertThat(outcome()).isEqualTo("WITHDRAWN");
        assertThat(rows.count("notice")).isZero();
        journey.start(key, HOLDER);
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("a request that an administrator has moved off its way is still seen and can be withdrawn")
    void aStrandedRequestIsWithdrawn(Stranding stranding) {
        strand(stranding);
        assertThat(open().path("process").asText()).isEqualTo("注销账户");
        assertThat(open().path("withdrawable").asBoolean()).isTrue();

        assertThat(withdraw(holder, open().path("id").asText(), token(holder)).status())
                .isEqualTo(204);

        assertThat(outcome()).isEqualTo("WITHDRAWN");
        assertThat(standing().path("ended").path("outcome").asText()).isEqualTo("申请已撤回");
        assertThat(journey.start("account-deregistration", HOLDER)).isWaitingAt("UserTask_ReadNotice");
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("a request that an administrator has moved off its way lapses, and its holder reads why")
    void aStrandedRequestLapses(Stranding stranding) {
        strand(stranding);

        clock.forward(Duration.ofDays(40));
        while (sweep.doNext()) {
            // what is overdue
        }

        assertThat(outcome()).isEqualTo("LAPSED");
        holder.login(PHONE, "Demo-10001");
        assertThat(standing().path("ended").path("meaning").asText()).contains("没有在期限内完成", "重新申请");
        assertThat(journey.start("account-deregistration", HOLDER)).isWaitingAt("UserTask_ReadNotice");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @DisplayName("what has ended is said after its deployment was deleted, by the page's button or by the form")
    void whatHasEndedIsSaidWithoutItsDeployment(boolean byTheButton) {
        journey.deployed(Modeler.everythingWith("account-deregistration.bpmn"));
        ProcessInstance request = journey.start("account-deregistration", HOLDER);
        if (byTheButton) {
            withdraw(holder, open().path("id").asText(), token(holder));
        } else {
            journey.submit(request, "UserTask_ReadNotice", "choice", "WITHDRAW");
        }

        engine.getRepositoryService()
                .deleteDeployment(
                        engine.getRepositoryService()
                                .getProcessDefinition(request.getProcessDefinitionId())
                                .getDeploymentId(),
                        false);

        assertThat(standing().path("ended").path("process").asText()).isEqualTo("注销账户");
        assertThat(standing().path("ended").path("outcome").asText()).isEqualTo("申请已撤回");
    }

    @Test
    @DisplayName("where no version of its process is left, a request is seen, withdrawn and said to have ended")
    void withNoVersionLeft() {
        journey.deployed(Modeler.everythingWith("account-deregistration.bpmn"));
        Stranding.DEPLOYMENT_DELETED.of(engine, journey.start("account-deregistration", HOLDER));
        processIs("gone");
        assertThat(open().path("process").asText()).isEqualTo("您的申请");
        assertThat(open().path("steps")).isEmpty();

        processIs("account-deregistration");
        assertThat(withdraw(holder, open().path("id").asText(), token(holder)).status())
                .isEqualTo(204);

        processIs("gone");
        assertThat(standing().path("ended").path("process").asText()).isEqualTo("您的申请");
        assertThat(standing().path("ended").path("outcome").asText()).isEqualTo("申请已撤回");
    }

    /** A process that has a version, or none. */
    private void processIs(String key) {
        rows.update(
                "update holder_request set process_key = ?, process_definition_id = 'gone:1:x' where account_id = ?",
                key,
                HOLDER);
        // a node remembers what was written once
        ((ConcurrentLruCache<?, ?>) ReflectionTestUtils.getField(requests, "openings")).clear();
    }

    private void strand(Stranding stranding) {
        journey.deployed(Modeler.everythingWith("account-deregistration.bpmn"));
        ProcessInstance request = journey.start("account-deregistration", HOLDER);
        stranding.of(engine, request);
    }

    @Test
    @DisplayName("a second withdrawal changes nothing")
    void aSecondWithdrawal() {
        journey.start("account-deregistration", HOLDER);
        String id = open().path("id").asText();

        assertThat(withdraw(holder, id, token(holder)).status()).isEqualTo(204);
        assertThat(withdraw(holder, id, token(holder)).status()).isEqualTo(204);
    }

    @Test
    @DisplayName("while it cools off it is withdrawn, and past its point of no return refused with a sentence")
    void untilThePointOfNoReturn() {
        journey.deployed("deregistration-policy", "\"PT0S\"", "\"P3D\"");
        ProcessInstance cooling = journey.verified(HOLDER, PHONE);
        journey.submit(cooling, "UserTask_ConfirmDeregistration", "choice", "CONFIRM");
        assertThat(withdraw(holder, open().path("id").asText(), token(holder)).status())
                .isEqualTo(204);
        assertThat(cooling).isEnded();
        assertThat(rows.count("receipt")).isZero();
        journey.undeploy();
        clock.forward(Duration.ofHours(2));
        ProcessInstance closing = journey.confirmed(HOLDER, PHONE);
        assertThat(open().path("withdrawable").asBoolean()).isFalse();

        Visitor.Answer answer = withdraw(holder, open().path("id").asText(), token(holder));

        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.message()).isEqualTo("申请已经生效，不能撤回。如有疑问，请联系客服。");
        assertThat(closing).isNotEnded();
    }

    @Test
    @DisplayName("nobody withdraws another's request, staff and strangers none, and no other site makes a holder do it")
    void nobodyWithdrawsAnothers() {
        ProcessInstance request = journey.start("account-deregistration", HOLDER);
        String id = open().path("id").asText();
        Visitor other = new Visitor(port);
        other.login("13800138004", "Demo-10004");
        Visitor staff = new Visitor(port);
        staff.login("admin", "admin");

        assertThat(withdraw(other, id, token(other)).status()).isEqualTo(404);
        assertThat(withdraw(other, "nothing", token(other)).status()).isEqualTo(404);
        assertThat(withdraw(staff, id, staff.formToken("/receipt")).status()).isEqualTo(403);
        assertThat(withdraw(new Visitor(port), id, "x").status()).isIn(302, 403);
        assertThat(withdraw(holder, id, "x").status()).isEqualTo(403);
        assertThat(holder.get("/own-requests/" + id + "/withdrawal").status()).isEqualTo(403);
        assertThat(request).isNotEnded();
    }

    private static Visitor.Answer withdraw(Visitor visitor, String request, String token) {
        return visitor.postForm("/own-requests/" + request + "/withdrawal", "_csrf=" + Visitor.encoded(token));
    }

    private static String token(Visitor visitor) {
        return visitor.get("/own-requests").json().path("token").asText();
    }

    private String outcome() {
        return rows.text("select outcome from holder_request where ended_at is not null");
    }

    @Test
    @DisplayName("nobody is told of another's requests, and staff and strangers of none")
    void nobodyIsToldOfAnothers() {
        journey.start("account-deregistration", "acct-10004");
        ProcessInstance other = journey.start("phone-unbinding", "acct-10004");
        journey.submit(other, "UserTask_ReadUnbindingNotice", "choice", "WITHDRAW");
        Visitor staff = new Visitor(port);
        staff.login("support", "support");

        assertThat(standing().path("open")).isEmpty();
        assertThat(standing().path("ended").isNull()).isTrue();
        assertThat(staff.get("/own-requests").status()).isEqualTo(403);
        assertThat(new Visitor(port).get("/own-requests").location()).endsWith("/login");
    }

    private void assertTask(int step, String task, String until) {
        assertThat(open().path("step").asInt()).isEqualTo(step);
        assertThat(open().path("takes").asText()).isNotEmpty();
        assertThat(open().path("task").path("name").asText()).isEqualTo(task);
        assertThat(open().path("task").path("until").asText()).startsWith(until);
    }

    private void assertWaits(int step, String doing) {
        assertThat(open().path("step").asInt()).isEqualTo(step);
        assertThat(open().path("task").isNull()).isTrue();
        assertThat(open().path("doing").asText()).isEqualTo(doing);
    }

    private JsonNode open() {
        assertThat(standing().path("open")).hasSize(1);
        return standing().path("open").get(0);
    }

    private JsonNode standing() {
        Visitor.Answer answer = holder.get("/own-requests");
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
        return answer.json();
    }
}
