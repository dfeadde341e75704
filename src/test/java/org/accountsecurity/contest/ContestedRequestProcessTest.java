package org.accountsecurity.contest;

import static org.accountsecurity.testing.PathAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Date;
import java.util.List;
import org.accountsecurity.testing.CoversProcess;
import org.accountsecurity.testing.JourneyTest;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@CoversProcess("contested-request")
class ContestedRequestProcessTest extends JourneyTest {

    private static final String HOLDER = "acct-10001";
    private static final String PHONE = "13800138001";

    private static final String HANDLE = "UserTask_HandleContest";
    private static final String WAITS = "BoundaryEvent_ContestWaits";
    private static final String REMIND = "SendTask_RemindStaff";
    private static final String OVER = "BoundaryEvent_RestrictionOver";

    @Autowired
    Contests contests;

    private ProcessInstance contest;

    @BeforeEach
    void aContest() {
        contest = journey.contest(journey.start("account-deregistration", HOLDER), PHONE);
        assertThat(contests.restriction(HOLDER)).isPresent();
    }

    @Test
    @DisplayName("support finds out that it was somebody else, and lets the account go")
    void supportHelpsTheHolder() {
        journey.submitAs("support", journey.task(contest, HANDLE), "choice", "NOT_OWN");

        assertThat(contest).isEnded().hasPassed("EndEvent_HolderHelped").hasNotPassed("EndEvent_OwnAction");
        assertClosed("EndEvent_HolderHelped");
    }

    @Test
    @DisplayName("support finds out that it was the holder, who may ask again at once")
    void itWasTheHolder() {
        journey.submitAs("support", journey.task(contest, HANDLE), "choice", "OWN");

        assertThat(contest).isEnded().hasPassed("EndEvent_OwnAction").hasNotPassed("EndEvent_HolderHelped");
        assertClosed("EndEvent_OwnAction");
        assertThat(journey.start("account-deregistration", HOLDER)).isWaitingAt("UserTask_ReadNotice");
    }

    @Test
    @DisplayName("what nobody looks into for 15 days restricts no longer")
    void whatNobodyLooksIntoRestrictsNoLonger() {
        assertDue(OVER, Duration.ofDays(15));

        clock.forward(Duration.ofDays(15));
        journey.execute(journey.job(contest, OVER));

        assertThat(contest).isEnded().hasPassed("EndEvent_RestrictionOver").hasNotPassed("EndEvent_HolderHelped");
        assertClosed("EndEvent_RestrictionOver");
    }

    @Test
    @DisplayName("staff is reminded every 3 days, each time once, and the task goes on waiting")
    void staffIsReminded() {
        assertDue(WAITS, Duration.ofDays(3));
        for (int times = 1; times <= 2; times++) {
            clock.forward(Duration.ofDays(3));
            journey.execute(journey.job(contest, WAITS));
            Job reminder = journey.job(contest, REMIND);
            journey.execute(reminder);

            assertThat(contest).hasPassed("EndEvent_StaffReminded").isWaitingAt(HANDLE);
            assertThat(reminders()).hasSize(times).allMatch(text -> !text.contains(HOLDER) && !text.contains(PHONE));
            assertDue(WAITS, Duration.ofDays(3));
        }
        assertThat(contests.restriction(HOLDER)).isPresent();
    }

    @Test
    @DisplayName("both timers are gone once the case is closed")
    void bothTimersAreGone() {
        List<Job> timers = List.of(journey.job(contest, OVER), journey.job(contest, WAITS));

        journey.submitAs("support", journey.task(contest, HANDLE), "choice", "NOT_OWN");

        assertThat(timers).noneMatch(journey::pending);
    }

    private void assertClosed(String outcome) {
        assertThat(contests.restriction(HOLDER)).isEmpty();
        assertThat(jdbc.sql("select outcome from contest where closed_at is not null")
                        .query(String.class)
                        .single())
                .isEqualTo(outcome);
    }

    private List<String> reminders() {
        return jdbc.sql("select text from inbox_message where recipient = 'support@example.com'")
                .query(String.class)
                .list();
    }

    private void assertDue(String timer, Duration after) {
        assertThat(journey.job(contest, timer).getDuedate())
                .isEqualTo(Date.from(clock.instant().plus(after)));
    }
}
