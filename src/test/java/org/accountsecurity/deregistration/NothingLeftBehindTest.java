package org.accountsecurity.deregistration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.accountsecurity.testing.Journey;
import org.accountsecurity.testing.JourneyTest;
import org.accountsecurity.testing.Needles;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.spin.json.SpinJsonNode;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** After a request has ended, nothing in any table or in the log leads to its former holder. */
@ExtendWith(OutputCaptureExtension.class)
class NothingLeftBehindTest extends JourneyTest {

    /** The phones and mailboxes of the demo: what was received there is out of the application's hands. */
    private static final String RECEIVED = "inbox_message";
    /** Held and anonymised. */
    private static final String RETAINED = "retained_transaction";

    private static final String NEW_PHONE = "13900139001";
    private static final String LINKS_TO_NOBODY = "order-100011";

    private static final List<String> OF_THE_HOLDER = List.of(
            "13800138001",
            NEW_PHONE,
            "138****8001",
            "139****9001",
            "demo-10001@example.com",
            "d***@example.com",
            "林一",
            "文三路",
            "wx-openid-of-10001",
            "qq-openid-of-10001",
            "手冲咖啡壶",
            LINKS_TO_NOBODY);
    private static final List<String> ORDER_TITLES = List.of("云南小粒咖啡豆", "棉麻四件套", "保温杯");

    @Test
    @DisplayName(
            "after a phone change and a deregistration the former holder is nowhere, and only frozen records are left")
    void afterBothProcessesTheFormerHolderIsNowhere(CapturedOutput output) {
        linkLogins();
        changePhone();
        ProcessInstance request = journey.start("account-deregistration", "acct-10001");
        settleLogins(request);
        confirm(request, NEW_PHONE);
        journey.erase(request);
        journey.submit(request, "UserTask_AcknowledgeResult");

        assertThat(request)
                .satisfies(ended -> assertThat(journey.anyTask(ended)).isEmpty());
        assertNothingLeft(output);
        assertThat(Needles.find(jdbc, ORDER_TITLES, Set.of(RECEIVED)))
                .hasSize(3)
                .allMatch(found -> found.toLowerCase(Locale.ROOT).startsWith(RETAINED + ".title"));
    }

    @Test
    @DisplayName("after an erasure that failed, was handled by support and tried again, nothing is left either")
    void afterAFailureThatWasHandledNothingIsLeft(CapturedOutput output) {
        ProcessInstance request = journey.start("account-deregistration", "acct-10001");
        confirm(request, "13800138001");
        journey.whileFavouritesStay("acct-10001", () -> {
            journey.jobs(request, "ServiceTask_Erase").forEach(journey::succeeds);
            journey.execute(journey.jobs(request, "StartEvent_DataSetStuck").get(0));
            journey.execute(journey.job(request, "StartEvent_ProgressDue"));
        });
        journey.submitAs("support", journey.task(request, "UserTask_HandleStuckErasure"));
        journey.erase(request);
        journey.submit(request, "UserTask_AcknowledgeResult");

        assertNothingLeft(output);
    }

    @Test
    @DisplayName("forged input leaves nothing of what was typed")
    void forgedInputLeavesNothing(CapturedOutput output) {
        ProcessInstance request = journey.start("account-deregistration", "acct-10001");
        for (String key : List.of("subject", "accountId", "notice", "phone")) {
            assertThatThrownBy(() -> journey.submit(
                            request, "UserTask_ReadNotice", "choice", "CONTINUE", key, "typed-by-a-forger"))
                    .isInstanceOf(RuntimeException.class);
        }
        journey.submit(request, "UserTask_ReadNotice", "choice", "WITHDRAW");

        assertThat(Needles.find(jdbc, List.of("typed-by-a-forger"), Set.of())).isEmpty();
        assertThat(output.getAll()).doesNotContain("typed-by-a-forger");
    }

    @Test
    @DisplayName("requests that were refused, withdrawn or lapsed leave nothing of the holder outside of the shop")
    void requestsThatCameToNothingLeaveNothing(CapturedOutput output) {
        ProcessInstance refused = journey.start("account-deregistration", "acct-10002");
        journey.execute(journey.job(refused, "BoundaryEvent_OpenItemsLapsed"));
        ProcessInstance withdrawn = journey.start("account-deregistration", "acct-10004");
        accept(withdrawn);
        journey.deliverCodes();
        String code = journey.code("13800138004");
        journey.submit(withdrawn, "UserTask_EnterCode", "choice", "GIVE_UP");
        ProcessInstance lapsed = journey.start("phone-unbinding", "acct-10005");
        journey.execute(journey.job(lapsed, "BoundaryEvent_NoticeLapsed"));

        List<String> needles = List.of(
                "13800138002",
                "13800138004",
                "13800138005",
                "demo-10002@example.com",
                "陈二",
                "王五",
                "蓝牙耳机",
                "手机壳",
                "省钱月卡",
                "wx-openid-100021",
                code);
        Set<String> shop = Set.of(
                RECEIVED,
                "account",
                "shop_order",
                "subscription",
                "linked_login",
                "wallet",
                "favourite",
                "address",
                RETAINED);
        assertThat(Needles.find(jdbc, needles, shop)).isEmpty();
        assertThat(output.getAll()).doesNotContain(needles);
    }

    @Test
    @DisplayName("the search finds needles in texts, in byte arrays and in the log")
    void theSearchFindsPlantedNeedles(CapturedOutput output) {
        journey.start("account-deregistration", "acct-10001");
        rows.update("update act_ru_variable set text_ = 'x 13800138001 x' where name_ = 'subject'");
        rows.update(
                "update data_export_part set content = ?", "… 文三路 …".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        org.slf4j.LoggerFactory.getLogger(getClass()).info("planted demo-10001@example.com");

        assertThat(Needles.find(jdbc, OF_THE_HOLDER, Set.of("account", "address", "shop_order", "favourite")))
                .anyMatch(found -> found.equalsIgnoreCase("ACT_RU_VARIABLE.TEXT_: 13800138001"))
                .anyMatch(found -> found.equalsIgnoreCase("DATA_EXPORT_PART.CONTENT: 文三路"));
        assertThat(output.getAll()).contains("planted demo-10001@example.com");
    }

    private void assertNothingLeft(CapturedOutput output) {
        List<String> needles = new ArrayList<>(OF_THE_HOLDER);
        needles.addAll(codes());
        assertThat(needles).hasSizeGreaterThan(OF_THE_HOLDER.size());
        assertThat(Needles.find(jdbc, needles, Set.of(RECEIVED))).isEmpty();
        for (String zipped : List.of("data_export", "data_export_part")) {
            assertThat(rows.number("select count(*) from " + zipped)).as(zipped).isZero();
        }
        assertThat(output.getAll()).doesNotContain(needles).doesNotContain(ORDER_TITLES);
    }

    /** Every code that was sent. */
    private List<String> codes() {
        return rows.texts("select text from inbox_message where text like '%验证码%'").stream()
                .flatMap(text -> Stream.of(text.replaceAll("(?s).*验证码 (\\d{6}).*", "$1")))
                .toList();
    }

    private void linkLogins() {
        rows.update("insert into linked_login (id, account_id, provider, subject) values"
                + " ('login-1', 'acct-10001', 'WECHAT', 'wx-openid-of-10001'),"
                + " ('login-2', 'acct-10001', 'QQ', 'qq-openid-of-10001')");
    }

    private void settleLogins(ProcessInstance request) {
        journey.submit(
                request,
                "UserTask_ResolveOpenItems",
                "choice",
                "SETTLE",
                "settle",
                Journey.json(((SpinJsonNode) journey.shown(request, "UserTask_ResolveOpenItems", "settleable"))
                        .elements().stream()
                                .map(option -> option.prop("value").stringValue())
                                .toList()));
    }

    private ProcessInstance changePhone() {
        ProcessInstance change = journey.changed("acct-10001", "EMAIL", "demo-10001@example.com", NEW_PHONE);
        clock.forward(Duration.ofMinutes(1));
        return change;
    }

    private void accept(ProcessInstance request) {
        journey.submit(request, "UserTask_ReadNotice", "choice", "CONTINUE", "consent", true, "channel", "SMS");
    }

    private void confirm(ProcessInstance request, String phone) {
        accept(request);
        journey.verify(request, phone);
        journey.submit(request, "UserTask_ConfirmDeregistration", "choice", "CONFIRM");
    }
}
