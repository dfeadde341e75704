package org.accountsecurity.deregistration;

import static org.accountsecurity.testing.PathAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.accountsecurity.shop.AccountStatus;
import org.accountsecurity.shop.Accounts;
import org.accountsecurity.testing.JourneyTest;
import org.accountsecurity.testing.Modeler;
import org.accountsecurity.testing.Needles;
import org.accountsecurity.testing.Snapshot;
import org.accountsecurity.verification.Purpose;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.repository.DeploymentBuilder;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataIntegrityViolationException;

/** What goes wrong in practice, by the number it has among the twenty situations of the requirements. */
class SituationsTest extends JourneyTest {

    private static final String HOLDER = "acct-10001";
    private static final String PHONE = "13800138001";
    private static final String MAIL = "demo-10001@example.com";
    private static final String CONFIRM = "UserTask_ConfirmDeregistration";
    private static final String ENTER_CODE = "UserTask_EnterCode";
    private static final String ERASE = "ServiceTask_Erase";
    private static final String VERIFY = "ServiceTask_VerifyAbsence";

    @Autowired
    Accounts accounts;

    @Autowired
    RepositoryService repository;

    @Test
    @DisplayName("1: an order placed between check and confirmation sends the holder back to the open items, unharmed")
    void situation01AnOrderBetweenCheckAndConfirmation() {
        ProcessInstance request = verified();
        placeOrder("UNPAID");

        journey.submit(request, CONFIRM, "choice", "CONFIRM");

        assertThat((String) journey.shown(request, "UserTask_ResolveOpenItems", "message"))
                .contains("新增了 1 个未完成事项");
        assertThat(journey.shown(request, "UserTask_ResolveOpenItems", "openItems")
                        .toString())
                .contains("¥39.90");
        assertThat(accounts.find(HOLDER).orElseThrow().status()).isEqualTo(AccountStatus.ACTIVE);
        assertThat(rows.number("select count(*) from verification where purpose = '" + Purpose.DEREGISTRATION
                        + "' and used_at is not null"))
                .isOne();
        assertThat(rows.count("receipt") + rows.count("vault")).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "insert into shop_order (id, account_id, title, amount_fen, status, placed_at)"
                        + " values ('late', 'acct-10001', '台灯', 3990, 'UNPAID', current_timestamp)",
                "insert into subscription (id, account_id, plan, status)"
                        + " values ('late', 'acct-10001', '月卡', 'ACTIVE')",
                "update wallet set balance_fen = 100 where account_id = 'acct-10001'"
            })
    @DisplayName("2: what would create an obligation after the commit point is refused by the database")
    void situation02AnObligationAfterTheCommitPoint(String obligation) {
        confirmed();

        assertThatThrownBy(() -> rows.update(obligation)).isInstanceOf(DataIntegrityViolationException.class);
    }

    @Test
    @DisplayName("3: of two requests the second ends at once, and sends no code")
    void situation03TwoRequestsAtOnce() {
        ProcessInstance first = verified();
        long sent = rows.count("code_send");

        assertThat(journey.start("account-deregistration", HOLDER)).isEnded().hasPassed("EndEvent_AlreadyRequested");

        assertThat(journey.waitsAt(first, CONFIRM)).isTrue();
        assertThat(rows.count("code_send")).isEqualTo(sent);
    }

    @Test
    @DisplayName("6: a verification is spent once: the second closing with it is refused")
    void situation06AVerificationIsSpentOnce() {
        ProcessInstance request = verified();
        placeOrder("UNPAID");
        journey.submit(request, CONFIRM, "choice", "CONFIRM");
        rows.update("delete from shop_order where id = 'order-late'");
        journey.submit(request, "UserTask_ResolveOpenItems", "choice", "CHECK_AGAIN");
        clock.forward(Duration.ofMinutes(5));
        accept(request);

        assertThat(journey.waitsAt(request, "UserTask_EnterCode")).isTrue();
        assertThat(journey.waitsAt(request, CONFIRM)).isFalse();
    }

    @Test
    @DisplayName(
            "7: an SMS that arrives late is recognised by its serial, costs no try, and only the newest code is good")
    void situation07AnSmsThatArrivesLate() {
        ProcessInstance request = journey.start("account-deregistration", HOLDER);
        accept(request);
        journey.deliverCodes();
        String late = journey.code(PHONE);
        clock.forward(Duration.ofMinutes(1));
        journey.submit(request, ENTER_CODE, "choice", "RESEND");
        journey.deliverCodes();

        journey.submit(request, ENTER_CODE, "choice", "SUBMIT", "code", late);

        String serial = (String) journey.shown(request, ENTER_CODE, "serial");
        assertThat((String) journey.shown(request, ENTER_CODE, "message")).contains("编号 " + serial);
        assertThat(journey.shown(request, ENTER_CODE, "triesLeft")).isEqualTo(5);
        assertThat(rows.text("select text from inbox_message order by id desc limit 1"))
                .contains("编号 " + serial);
        journey.submit(request, ENTER_CODE, "choice", "SUBMIT", "code", journey.code(PHONE));
        assertThat(journey.waitsAt(request, CONFIRM)).isTrue();
    }

    @Test
    @DisplayName("11: a phone changed while the request runs kills its verification; one changed after it is refused")
    void situation11APhoneChangedMeanwhile() {
        ProcessInstance request = verified();
        rows.update("update account set phone = '13900139001', version = version + 1 where id = ?", HOLDER);
        journey.submit(request, CONFIRM, "choice", "CONFIRM");
        assertThat((String) journey.shown(request, "UserTask_ReadNotice", "message"))
                .contains("重新验证身份");

        clock.forward(Duration.ofMinutes(5));
        accept(request);
        journey.verify(request, "13900139001");
        journey.submit(request, CONFIRM, "choice", "CONFIRM");

        assertThat(journey.start("phone-unbinding", HOLDER)).isEnded().hasPassed("EndEvent_AlreadyRequested");
    }

    @Test
    @DisplayName("13: an erasure that fails halfway is tried again later and later, while the others go on")
    void situation13AnErasureFailsHalfway() {
        ProcessInstance request = confirmed();
        journey.whileFavouritesStay(HOLDER, () -> {
            List<Duration> waits = new ArrayList<>();
            journey.jobs(request, ERASE).forEach(journey::succeeds);
            while (journey.job(request, ERASE).getRetries() > 0) {
                waits.add(Duration.between(
                        clock.instant(),
                        journey.job(request, ERASE).getDuedate().toInstant()));
                clock.forward(waits.get(waits.size() - 1));
                journey.succeeds(journey.job(request, ERASE));
            }
            journey.jobs(request, VERIFY).forEach(journey::execute);
            assertThat(waits)
                    .startsWith(
                            Duration.ofMinutes(1),
                            Duration.ofMinutes(5),
                            Duration.ofMinutes(15),
                            Duration.ofMinutes(30))
                    .isSorted();
            assertThat(journey.incidents(request)).isEqualTo(1);
            journey.jobs(request, "StartEvent_DataSetStuck").forEach(journey::execute);
            journey.execute(journey.job(request, "StartEvent_ProgressDue"));
        });
        assertThat((String) journey.shown(request, "UserTask_ViewProgress", "progress"))
                .startsWith("6/7 ")
                .contains("客服正在处理");
        assertThat(journey.shown(request, "UserTask_ViewProgress", "finishBy")).isEqualTo("2026 年 12 月 14 日");
        assertThat(journey.waitsAt(request, "UserTask_AcknowledgeResult")).isFalse();

        journey.submitAs("support", journey.task(request, "UserTask_HandleStuckErasure"));
        journey.erase(request);

        assertThat(journey.waitsAt(request, "UserTask_AcknowledgeResult")).isTrue();
    }

    @Test
    @DisplayName("14: a data set that answers done and did nothing is found out, and no success is shown")
    void situation14DoneAndNothingDone() {
        ProcessInstance request = confirmed();
        ReturningRows.begin(jdbc, "favourite");
        try {
            journey.jobs(request, ERASE).forEach(journey::execute);
            assertThat(journey.jobs(request, VERIFY))
                    .hasSize(7)
                    .filteredOn(job -> !journey.succeeds(job))
                    .hasSize(1);
        } finally {
            ReturningRows.end(jdbc, "favourite");
        }

        assertThat(rows.number("select count(*) from erasure where data_set = 'favourites' and verified_at is null"))
                .isOne();
        assertThat(journey.jobs(request, "ServiceTask_IssueReceipt")).isEmpty();
        assertThat(journey.waitsAt(request, "UserTask_AcknowledgeResult")).isFalse();
    }

    @Test
    @DisplayName(
            "15: while no gateway takes messages nothing is used up and the deadline stands; a code lives once it is taken")
    void situation15TheGatewaysAreDown() {
        ProcessInstance request = journey.start("account-deregistration", HOLDER);
        String finishBy = finishBy();
        accept(request);
        journey.whileNothingIsSent(() -> {
            for (int expiries = 0; expiries < 6; expiries++) {
                journey.deliverCodes();
                clock.forward(Duration.ofMinutes(5));
                journey.execute(journey.job(request, "BoundaryEvent_CodeExpired"));
                journey.submit(request, "UserTask_RenewCode", "choice", "RESEND");
            }
        });
        assertThat(rows.number("select count(*) from code_send where under_way_until is null"))
                .isZero();
        clock.forward(Duration.ofMinutes(4));

        journey.deliverCodes();

        assertThat(journey.shown(request, ENTER_CODE, "sendsLeft")).isEqualTo(4);
        assertThat(finishBy()).isEqualTo(finishBy);
        clock.forward(Duration.ofMinutes(5).minusMillis(1));
        journey.submit(request, ENTER_CODE, "choice", "SUBMIT", "code", journey.code(PHONE));
        assertThat(journey.waitsAt(request, CONFIRM)).isTrue();
    }

    @Test
    @DisplayName("16: codes go to bound addresses, or to one number once the holder is verified, and only so many")
    void situation16SmsPumping() {
        ProcessInstance change = journey.start("phone-unbinding", HOLDER);
        journey.submit(change, "UserTask_ReadUnbindingNotice", "choice", "CONTINUE", "channel", "SMS");
        assertThatThrownBy(() -> journey.submit(change, ENTER_CODE, "choice", "RESEND", "newPhone", "13900139004"))
                .isInstanceOf(RuntimeException.class);
        for (int hours = 0; hours < 24; hours++) {
            for (int minutes = 0; minutes < 60; minutes += 5) {
                journey.deliverCodes();
                clock.forward(Duration.ofMinutes(5));
                journey.jobs(change, "BoundaryEvent_CodeExpired").forEach(journey::execute);
                if (journey.waitsAt(change, "UserTask_RenewCode")) {
                    journey.submit(change, "UserTask_RenewCode", "choice", "RESEND");
                }
            }
        }

        assertThat(rows.number("select count(distinct recipient) from inbox_message"))
                .isOne();
        assertThat(rows.count("inbox_message")).isLessThanOrEqualTo(10 + 24);
    }

    @Test
    @DisplayName("17: a request that runs ends on the version that it began with")
    void situation17RedeployedMeanwhile() {
        ProcessInstance request = verified();
        DeploymentBuilder deploying = repository.createDeployment();
        Modeler.everythingWith("account-deregistration.bpmn")
                .forEach((name, text) -> deploying.addString(name, text.replace("name=\"确认注销\"", "name=\"再次确认注销\"")));
        String deployment = deploying.deploy().getId();
        try {
            assertThat(journey.task(request, CONFIRM).getName()).isEqualTo("确认注销");
            journey.submit(request, CONFIRM, "choice", "CONFIRM");
            journey.erase(request);
            journey.submit(request, "UserTask_AcknowledgeResult");
            assertThat(request).isEnded().hasPassed("EndEvent_AccountDeregistered");
        } finally {
            repository.deleteDeployment(deployment, true);
        }
    }

    @Test
    @DisplayName(
            "18: the engine's tables know nothing of the holder but the account, and once it is gone not even that")
    void situation18PersonalDataInTheEngine() {
        ProcessInstance request = verified();
        List<String> personal = List.of(PHONE, "138****8001", MAIL, "林一", "咖啡", "文三路", journey.code(PHONE));
        List<String> found = new ArrayList<>(inTheEngine(personal));
        assertThat(inTheEngine(List.of(HOLDER))).isNotEmpty();
        journey.submit(request, CONFIRM, "choice", "CONFIRM");
        found.addAll(inTheEngine(personal));
        journey.whileFavouritesStay(HOLDER, () -> {
            journey.jobs(request, ERASE).forEach(journey::succeeds);
            journey.execute(journey.jobs(request, "StartEvent_DataSetStuck").get(0));
            found.addAll(inTheEngine(personal));
        });
        journey.submitAs("support", journey.task(request, "UserTask_HandleStuckErasure"));
        journey.erase(request);
        journey.submit(request, "UserTask_AcknowledgeResult");
        found.addAll(inTheEngine(personal));

        found.addAll(inTheEngine(List.of(HOLDER)));

        assertThat(found).isEmpty();
    }

    @Test
    @DisplayName("19: forged variables change nothing")
    void situation19ForgedVariables() {
        Task confirm = journey.task(verified(), CONFIRM);
        journey.read(confirm);
        Snapshot before = Snapshot.of(jdbc);

        for (String key : List.of("verified", "accountId", "subject", "eligible", "coolingOff", "balance")) {
            assertThatThrownBy(() -> journey.submitUnread(confirm, "choice", "CONFIRM", key, "true"))
                    .isInstanceOf(RuntimeException.class);
        }

        assertThat(Snapshot.of(jdbc).changedSince(before)).isEmpty();
    }

    private ProcessInstance verified() {
        return journey.verified(HOLDER, PHONE);
    }

    private ProcessInstance confirmed() {
        return journey.confirmed(HOLDER, PHONE);
    }

    private void accept(ProcessInstance request) {
        journey.submit(request, "UserTask_ReadNotice", "choice", "CONTINUE", "consent", true, "channel", "SMS");
    }

    private String finishBy() {
        return rows.text("select cast(finish_by as varchar) from holder_request");
    }

    private void placeOrder(String status) {
        rows.update(
                "insert into shop_order (id, account_id, title, amount_fen, status, placed_at)"
                        + " values ('order-late', ?, '台灯', 3990, ?, current_timestamp)",
                HOLDER,
                status);
    }

    private List<String> inTheEngine(List<String> texts) {
        return Needles.find(jdbc, texts, Set.of()).stream()
                .filter(found -> found.toUpperCase(Locale.ROOT).startsWith("ACT_"))
                .toList();
    }
}
