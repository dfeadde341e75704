package org.accountsecurity.phoneunbinding;

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

/** Two who want the same number: the unique index decides, and the other is asked for another one. */
class PhoneRaceTest extends JourneyTest {

    private static final String NEW_PHONE = "13900139009";
    private static final String CONFIRM = "UserTask_ConfirmUnbinding";

    @Autowired
    RuntimeService runtime;

    @RepeatedTest(3)
    @DisplayName("of two accounts that bind the same number at once one gets it")
    void ofTwoAccountsOneGetsTheNumber() throws InterruptedException {
        ProcessInstance first = verified("acct-10001", "13800138001");
        ProcessInstance second = verified("acct-10004", "13800138004");
        Task firstConfirm = journey.task(first, CONFIRM);
        Task secondConfirm = journey.task(second, CONFIRM);
        journey.read(firstConfirm);
        journey.read(secondConfirm);

        List<Throwable> thrown = Race.run(List.<Callable<?>>of(
                () -> journey.submitUnread(firstConfirm, "choice", "CONFIRM"),
                () -> journey.submitUnread(secondConfirm, "choice", "CONFIRM")));

        assertThat(thrown).containsOnlyNulls();
        assertThat(rows.number("select count(*) from account where phone = ?", NEW_PHONE))
                .isOne();
        assertThat(List.of(
                        journey.waitsAt(first, "UserTask_EnterNewPhone"),
                        journey.waitsAt(second, "UserTask_EnterNewPhone")))
                .containsExactlyInAnyOrder(true, false);
        assertThat(journey.noJobFailed()).isTrue();
    }

    @RepeatedTest(3)
    @DisplayName("of many changes started at once by one holder one is open")
    void ofManyStartedAtOnceOneIsOpen() throws InterruptedException {
        List<Throwable> thrown = Race.run(8, () -> journey.start("phone-unbinding", "acct-10004"));

        assertThat(thrown).containsOnlyNulls();
        assertThat(runtime.createProcessInstanceQuery().rootProcessInstances().count())
                .isOne();
    }

    private ProcessInstance verified(String holder, String phone) {
        ProcessInstance request = journey.start("phone-unbinding", holder);
        journey.submit(request, "UserTask_ReadUnbindingNotice", "choice", "CONTINUE", "channel", "SMS");
        journey.verify(request, phone);
        journey.submit(request, "UserTask_EnterNewPhone", "choice", "CONTINUE", "newPhone", NEW_PHONE);
        journey.deliverCodes();
        journey.submit(request, "UserTask_EnterCode", "choice", "SUBMIT", "code", journey.code(NEW_PHONE));
        return request;
    }
}
