package org.accountsecurity.deregistration;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.Callable;
import org.accountsecurity.testing.JourneyTest;
import org.accountsecurity.testing.Race;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.RepeatedTest;
import org.springframework.beans.factory.annotation.Autowired;

/** Two at once: one deregistration, one closing, and never an account between two changes. */
class DeregistrationRaceTest extends JourneyTest {

    private static final String HOLDER = "acct-10001";
    private static final String PHONE = "13800138001";

    @Autowired
    RuntimeService runtime;

    @RepeatedTest(3)
    @DisplayName("of eight deregistrations started at once one is open, and no code is sent twice")
    void ofManyStartedAtOnceOneIsOpen() throws InterruptedException {
        List<Throwable> thrown = Race.run(8, () -> journey.start("account-deregistration", HOLDER));

        assertThat(thrown).containsOnlyNulls();
        assertThat(runtime.createProcessInstanceQuery().rootProcessInstances().count())
                .isOne();
        assertThat(rows.number("select count(*) from holder_request where open_for is not null"))
                .isOne();
        assertThat(rows.count("verification_code")).isZero();
        assertThat(journey.noJobFailed()).isTrue();
    }

    @RepeatedTest(3)
    @DisplayName("of two confirmations at once one closes the account")
    void ofTwoConfirmationsOneCloses() throws InterruptedException {
        ProcessInstance request = verified();
        Task confirm = journey.task(request, "UserTask_ConfirmDeregistration");
        journey.read(confirm);

        List<Throwable> thrown = Race.run(2, () -> journey.submitUnread(confirm, "choice", "CONFIRM"));

        assertThat(thrown).containsOnlyOnce((Throwable) null).allMatch(Race::lost);
        assertThat(rows.text("select status from account where id = ?", HOLDER)).isEqualTo("CLOSING");
        assertThat(rows.number("select count(*) from verification where used_at is not null"))
                .isOne();
        assertThat(rows.number("select count(*) from holder_answer where statement = 'CONFIRMED'"))
                .isOne();
        journey.erase(request);
        assertThat(journey.waitsAt(request, "UserTask_AcknowledgeResult")).isTrue();
    }

    @RepeatedTest(3)
    @DisplayName("an order placed while the holder confirms is either erased with the account or keeps it open")
    void anOrderPlacedWhileTheHolderConfirms() throws InterruptedException {
        ProcessInstance request = verified();

        List<Throwable> thrown = Race.run(List.<Callable<?>>of(
                () -> {
                    journey.submit(request, "UserTask_ConfirmDeregistration", "choice", "CONFIRM");
                    return null;
                },
                this::placeOrder));

        assertThat(thrown).containsOnlyNulls();
        boolean closing = "CLOSING".equals(rows.text("select status from account where id = ?", HOLDER));
        boolean ordered = rows.number("select count(*) from shop_order where id = 'order-new'") == 1;
        assertThat(closing).isNotEqualTo(ordered);
        assertThat(journey.waitsAt(request, "UserTask_ResolveOpenItems")).isEqualTo(ordered);
    }

    /** As the shop does it: only for an account that is active, and under the lock of its row. */
    private Object placeOrder() {
        return rows.update(
                "insert into shop_order (id, account_id, title, amount_fen, status, placed_at)"
                        + " select 'order-new', id, '新订单', 3990, 'UNPAID', current_timestamp from"
                        + " (select id from account where id = ? and status = 'ACTIVE' for update)",
                HOLDER);
    }

    private ProcessInstance verified() {
        ProcessInstance request = journey.start("account-deregistration", HOLDER);
        journey.submit(request, "UserTask_ReadNotice", "choice", "CONTINUE", "consent", true, "channel", "SMS");
        journey.verify(request, PHONE);
        return request;
    }
}
