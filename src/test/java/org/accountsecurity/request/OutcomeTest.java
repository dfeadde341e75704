package org.accountsecurity.request;

import static org.accountsecurity.testing.PathAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.accountsecurity.contest.Contests;
import org.accountsecurity.contest.NotMe;
import org.accountsecurity.testing.JourneyTest;
import org.accountsecurity.testing.Visitor;
import org.accountsecurity.watching.Scrape;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataIntegrityViolationException;

/** Whatever ends a request, or the case of a contest, says how. */
class OutcomeTest extends JourneyTest {

    private static final String HOLDER = "acct-10001";
    private static final String PHONE = "13800138001";

    @Autowired
    RuntimeService runtime;

    @Autowired
    Contests contests;

    @Test
    @DisplayName("a phone change that an account's closing ends says so, and metrics and the holder's page go on")
    void aPhoneChangeThatTheClosingEnds() {
        ProcessInstance change = journey.start("phone-unbinding", HOLDER);
        Visitor holder = new Visitor(port);
        holder.login(PHONE, "Demo-10001");
        journey.confirmed(HOLDER, PHONE);

        assertThat(change).isEnded();
        assertThat(outcome(change)).isEqualTo("ACCOUNT_CLOSED");
        assertThat(holder.get("/own-requests").status()).isEqualTo(200);
        Visitor admin = new Visitor(port);
        admin.login("admin", "admin");
        Visitor.Answer scrape = admin.get("/actuator/prometheus");
        assertThat(scrape.status()).isEqualTo(200);
        assertThat(Scrape.of(scrape.body())
                        .value("requests_ended_last_day", "outcome", "ACCOUNT_CLOSED", "process", "phone-unbinding"))
                .isEqualTo(1);
    }

    @Test
    @DisplayName("a phone change that has lost its process keeps no account from closing")
    void aPhoneChangeWithoutItsProcess() {
        ProcessInstance change = journey.start("phone-unbinding", HOLDER);
        runtime.deleteProcessInstance(change.getId(), "as a restore would", true);

        ProcessInstance closing = journey.confirmed(HOLDER, PHONE);

        assertThat(closing).hasPassed("ServiceTask_CloseAccount");
        assertThat(outcome(change)).isEqualTo("ACCOUNT_CLOSED");
    }

    @Test
    @DisplayName("the link of a notice stops a request that has lost its process, too")
    void aContestedRequestWithoutItsProcess() {
        ProcessInstance request = journey.start("account-deregistration", HOLDER);
        journey.tellRequested(request);
        runtime.deleteProcessInstance(request.getId(), "as a restore would", true);

        ProcessInstance contest = journey.contestOf(NotMe.use(contests, journey.notMe(PHONE)));

        assertThat(outcome(request)).isEqualTo("CONTESTED");
        assertThat(contest).isWaitingAt("UserTask_HandleContest");
    }

    @Test
    @DisplayName("a phone change that has happened and is ended by the closing of the account says so, too")
    void aPhoneChangeThatHasHappened() {
        ProcessInstance change = journey.changed(HOLDER, "SMS", PHONE, "13900139001");
        ProcessInstance closing = journey.confirmed(HOLDER, "13900139001");
        assertThat(change).isWaitingAt("UserTask_AcknowledgeUnbinding");

        journey.erase(closing);
        journey.submit(closing, "UserTask_AcknowledgeResult");

        assertThat(outcome(change)).isEqualTo("ACCOUNT_CLOSED");
        assertThat(outcome(closing)).isEqualTo("EndEvent_AccountDeregistered");
    }

    @ParameterizedTest
    @ValueSource(strings = {"UserTask_ReadNotice", "UserTask_EnterCode", "UserTask_ConfirmDeregistration"})
    @DisplayName("a request that an administrator deletes, wherever it waits, was deleted")
    void aRequestThatAnAdministratorDeletes(String waitsAt) {
        ProcessInstance request = journey.start("account-deregistration", HOLDER);
        if (!waitsAt.equals("UserTask_ReadNotice")) {
            journey.submit(request, "UserTask_ReadNotice", "choice", "CONTINUE", "consent", true, "channel", "SMS");
        }
        if (waitsAt.equals("UserTask_ConfirmDeregistration")) {
            journey.verify(request, PHONE);
        }

        runtime.deleteProcessInstance(request.getId(), "by mistake");

        assertThat(outcome(request)).isEqualTo("DELETED");
    }

    @Test
    @DisplayName("a case that an administrator deletes was deleted")
    void aCaseThatAnAdministratorDeletes() {
        ProcessInstance contest = journey.contest(journey.start("account-deregistration", HOLDER), PHONE);

        runtime.deleteProcessInstance(contest.getId(), "by mistake");

        assertThat(rows.text("select outcome from contest")).isEqualTo("DELETED");
    }

    @Test
    @DisplayName("the database takes no end without an outcome, and no outcome without an end")
    void theDatabaseTakesNoEndWithoutAnOutcome() {
        journey.contest(journey.start("account-deregistration", HOLDER), PHONE);
        journey.start("phone-unbinding", "acct-10004");

        for (String write : List.of(
                "update holder_request set outcome = null where ended_at is not null",
                "update holder_request set ended_at = opened_at where ended_at is null",
                "update contest set closed_at = opened_at",
                "update contest set outcome = 'EndEvent_OwnAction'")) {
            assertThatThrownBy(() -> rows.update(write)).as(write).isInstanceOf(DataIntegrityViolationException.class);
        }
    }

    private String outcome(ProcessInstance request) {
        return rows.text("select outcome from holder_request where process_instance_id = ?", request.getId());
    }
}
