package org.accountsecurity.deregistration;

import static org.accountsecurity.testing.PathAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.accountsecurity.deregistration.export.ExportMaking;
import org.accountsecurity.testing.CoversProcess;
import org.accountsecurity.testing.Journey;
import org.accountsecurity.testing.JourneyTest;
import org.accountsecurity.testing.Modeler;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.spin.json.SpinJsonNode;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@CoversProcess("deregistration-preparation")
class DeregistrationPreparationProcessTest extends JourneyTest {

    private static final String RESOLVE_OPEN_ITEMS = "UserTask_ResolveOpenItems";
    private static final String OPEN_ITEMS_LAPSED = "BoundaryEvent_OpenItemsLapsed";
    private static final String RECHECK_DUE = "BoundaryEvent_RecheckDue";
    private static final String READ_NOTICE = "UserTask_ReadNotice";

    @Autowired
    ExportMaking copies;

    @Test
    @DisplayName("a holder with nothing open is shown the notice at once")
    void aHolderWithNothingOpenIsShownTheNotice() {
        ProcessInstance request = journey.start("account-deregistration", "acct-10001");

        assertThat(journey.waitsAt(request, READ_NOTICE)).isTrue();
        assertThat((String) journey.shown(request, READ_NOTICE, "notice"))
                .contains("交易记录**（3 条）", "保存 3 年，最迟保存到 2029-11-06", "《电子商务法》第三十一条", "收藏**（2 条）", "《个人信息保护法》第四十七条");
    }

    @Test
    @DisplayName("every open item is listed: what, how much, who acts, how")
    void everyOpenItemIsListed() {
        ProcessInstance request = journey.start("account-deregistration", "acct-10002");

        List<String> items = json(request, "openItems").elements().stream()
                .map(row -> row.prop("what").stringValue() + "|"
                        + row.prop("amount").stringValue() + "|"
                        + row.prop("who").stringValue() + "|" + row.prop("how").stringValue())
                .toList();
        assertThat(items)
                .hasSize(6)
                .anyMatch(row -> row.contains("¥39.90|您|"))
                .anyMatch(row -> row.contains("¥128.00|您|"))
                .anyMatch(row -> row.contains("¥12.50|您|"))
                .anyMatch(row -> row.contains("省钱月卡") && row.contains("|我们|勾选后由我们代为取消"))
                .anyMatch(row -> row.contains("微信"))
                .anyMatch(row -> row.contains("QQ"));
        assertThat(json(request, "settleable").elements()).hasSize(3);
    }

    @Test
    @DisplayName("what the holder ticks is settled, and the rest stays open")
    void whatTheHolderTicksIsSettled() {
        ProcessInstance request = journey.start("account-deregistration", "acct-10002");
        List<String> ticked = settleable(request).subList(0, 2);

        journey.submit(request, RESOLVE_OPEN_ITEMS, "choice", "SETTLE", "settle", Journey.json(ticked));

        assertThat(journey.waitsAt(request, RESOLVE_OPEN_ITEMS)).isTrue();
        assertThat(json(request, "openItems").elements()).hasSize(4);
        assertThat(json(request, "settleable").elements()).hasSize(1);
    }

    @Test
    @DisplayName("once nothing is left that can be settled for the holder, that is neither offered nor taken")
    void nothingThatCanBeSettledIsOffered() {
        ProcessInstance request = journey.start("account-deregistration", "acct-10002");
        List<String> ticked = settleable(request);
        assertThat(choices(request)).containsExactly("SETTLE", "CHECK_AGAIN", "WITHDRAW");

        journey.submit(request, RESOLVE_OPEN_ITEMS, "choice", "SETTLE", "settle", Journey.json(ticked));

        assertThat(choices(request)).containsExactly("CHECK_AGAIN", "WITHDRAW");
        assertThatThrownBy(() ->
                        journey.submit(request, RESOLVE_OPEN_ITEMS, "choice", "SETTLE", "settle", Journey.json(ticked)))
                .hasMessageContaining("“接下来”选项无效。");
    }

    @Test
    @DisplayName("a holder whose items can all be settled goes on to the notice")
    void aHolderWhoseItemsCanAllBeSettledGoesOn() {
        ProcessInstance request = journey.start("account-deregistration", "acct-10003");

        journey.submit(request, RESOLVE_OPEN_ITEMS, "choice", "SETTLE", "settle", Journey.json(settleable(request)));

        assertThat(journey.waitsAt(request, READ_NOTICE)).isTrue();
        assertThat(rows.number("select count(*) from linked_login where account_id = 'acct-10003'"))
                .isZero();
    }

    @Test
    @DisplayName("the holder may come back later and have it checked again")
    void theHolderMayHaveItCheckedAgain() {
        ProcessInstance request = journey.start("account-deregistration", "acct-10003");
        rows.update("update subscription set status = 'CANCELLED' where account_id = 'acct-10003'");
        rows.update("delete from linked_login where account_id = 'acct-10003'");

        journey.submit(request, RESOLVE_OPEN_ITEMS, "choice", "CHECK_AGAIN");

        assertThat(journey.waitsAt(request, READ_NOTICE)).isTrue();
    }

    @Test
    @DisplayName("the holder may withdraw, and the account is as it was")
    void theHolderMayWithdraw() {
        ProcessInstance request = journey.start("account-deregistration", "acct-10002");

        journey.submit(request, RESOLVE_OPEN_ITEMS, "choice", "WITHDRAW");

        assertThat(request).isEnded().hasPassed("EndEvent_RequestWithdrawn").hasNotPassed(READ_NOTICE);
        assertThat(rows.count("open_item")).isZero();
    }

    @Test
    @DisplayName("open items that stay open for seven days let the request lapse")
    void openItemsThatStayOpenLetTheRequestLapse() {
        ProcessInstance request = journey.start("account-deregistration", "acct-10002");
        assertThat(journey.job(request, OPEN_ITEMS_LAPSED).getDuedate())
                .isEqualTo(Date.from(clock.instant().plus(Duration.ofDays(7))));

        journey.execute(journey.job(request, OPEN_ITEMS_LAPSED));

        assertThat(request).isEnded().hasPassed("EndEvent_RequestLapsed");
    }

    @Test
    @DisplayName("the timer of the open items is gone once they are resolved")
    void theTimerOfTheOpenItemsIsGone() {
        ProcessInstance request = journey.start("account-deregistration", "acct-10003");
        Job timer = journey.job(request, OPEN_ITEMS_LAPSED);

        journey.submit(request, RESOLVE_OPEN_ITEMS, "choice", "SETTLE", "settle", Journey.json(settleable(request)));

        assertThat(journey.pending(timer)).isFalse();
    }

    @Test
    @DisplayName(
            "while the holder settles open items the process looks again by itself, and says once that all is clear")
    void theProcessLooksAgainByItself() {
        ProcessInstance request = journey.start("account-deregistration", "acct-10003");
        assertThat(journey.job(request, RECHECK_DUE).getDuedate())
                .isEqualTo(Date.from(clock.instant().plus(Duration.ofHours(1))));

        journey.execute(journey.job(request, RECHECK_DUE));
        assertThat(told()).isZero();
        rows.update("update subscription set status = 'CANCELLED' where account_id = 'acct-10003'");
        rows.update("delete from linked_login where account_id = 'acct-10003'");
        journey.execute(journey.job(request, RECHECK_DUE));
        journey.execute(journey.job(request, RECHECK_DUE));

        assertThat(told()).isOne();
        assertThat(json(request, "openItems").elements()).isEmpty();
        journey.submit(request, RESOLVE_OPEN_ITEMS, "choice", "CHECK_AGAIN");
        assertThat(journey.waitsAt(request, READ_NOTICE)).isTrue();
    }

    @Test
    @DisplayName("the timer that looks again is gone once the items are resolved")
    void theTimerThatLooksAgainIsGone() {
        ProcessInstance request = journey.start("account-deregistration", "acct-10003");
        Job timer = journey.job(request, RECHECK_DUE);

        journey.submit(request, RESOLVE_OPEN_ITEMS, "choice", "SETTLE", "settle", Journey.json(settleable(request)));

        assertThat(journey.pending(timer)).isFalse();
    }

    @Test
    @DisplayName("the notice waits for no copy of the data: it opens at once and says how far the copy is")
    void theNoticeWaitsForNoCopy() {
        ProcessInstance request = journey.startWithoutCopy("account-deregistration", "acct-10001");

        assertThat(journey.waitsAt(request, READ_NOTICE)).isTrue();
        assertThat(journey.jobs(request, "ServiceTask_PrepareExport")).isEmpty();
        assertThat(journey.shown(request, READ_NOTICE, "exportState")).isEqualTo("正在打包，通常需要几秒钟。");

        assertThat(copies.makeNext()).isTrue();

        assertThat(journey.shown(request, READ_NOTICE, "exportState")).isEqualTo("已可下载。");
    }

    @Test
    @DisplayName("a diagram that orders the copy in a job of its own comes to the notice as well")
    void aDiagramWithAJobForTheCopyComesToTheNotice() {
        Map<String, String> files = Modeler.everythingWith("deregistration-preparation.bpmn");
        files.computeIfPresent(
                "deregistration-preparation.bpmn",
                (name, model) -> model.replace(
                        "\"${prepareExportDelegate}\"", "\"${prepareExportDelegate}\" camunda:asyncBefore=\"true\""));
        journey.deployed(files);
        ProcessInstance request = journey.startWithoutCopy("account-deregistration", "acct-10001");
        assertThat(journey.waitsAt(request, READ_NOTICE)).isFalse();

        journey.execute(journey.job(request, "ServiceTask_PrepareExport"));

        assertThat(journey.waitsAt(request, READ_NOTICE)).isTrue();
        assertThat(copies.makeNext()).isTrue();
    }

    @Test
    @DisplayName("a request that is withdrawn leaves no copy to be made")
    void aRequestThatIsWithdrawnLeavesNoCopy() {
        ProcessInstance request = journey.startWithoutCopy("account-deregistration", "acct-10001");

        journey.submit(journey.task(request, READ_NOTICE), "choice", "WITHDRAW");

        assertThat(copies.makeNext()).isFalse();
        assertThat(rows.count("data_export")).isZero();
    }

    private long told() {
        return rows.number("select count(*) from inbox_message where text like '%未完成事项已全部处理%'");
    }

    private List<String> choices(ProcessInstance request) {
        return values(request, "openItemChoices");
    }

    private List<String> settleable(ProcessInstance request) {
        return values(request, "settleable");
    }

    private List<String> values(ProcessInstance request, String name) {
        return json(request, name).elements().stream()
                .map(option -> option.prop("value").stringValue())
                .toList();
    }

    private SpinJsonNode json(ProcessInstance request, String variable) {
        return (SpinJsonNode) journey.shown(request, RESOLVE_OPEN_ITEMS, variable);
    }
}
