package org.accountsecurity.engine.form;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.accountsecurity.engine.gate.Refusals;
import org.accountsecurity.request.StatementForm;
import org.accountsecurity.testing.JourneyTest;
import org.accountsecurity.testing.Visitor;
import org.camunda.bpm.engine.FormService;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.i18n.LocaleContextHolder;

/** What a holder says is written down once, of what was shown, and nobody else can say it. */
class HolderWordTest extends JourneyTest {

    private static final String HOLDER = "acct-10001";
    private static final String PHONE = "13800138001";
    private static final String READ_NOTICE = "UserTask_ReadNotice";
    private static final String CONFIRM = "UserTask_ConfirmDeregistration";
    private static final Object[] CONSENT = {"choice", "CONTINUE", "consent", true, "channel", "SMS"};

    @Autowired
    FormService forms;

    @Autowired
    TaskService tasks;

    @Autowired
    IdentityService identity;

    @AfterEach
    void forgetLanguage() {
        LocaleContextHolder.resetLocaleContext();
    }

    @Test
    @DisplayName("consent and confirmation are kept, each with the hash of the notice that was shown")
    void consentAndConfirmationAreKept() {
        ProcessInstance request = journey.start("account-deregistration", HOLDER);
        String notice = (String) journey.shown(request, READ_NOTICE, "notice");
        journey.submit(request, READ_NOTICE, CONSENT);
        journey.verify(request, PHONE);
        journey.submit(request, CONFIRM, "choice", "CONFIRM");

        String kept = " by " + HOLDER + " of " + StatementForm.hash(notice);
        assertThat(said()).containsExactly("CONSENTED" + kept, "CONFIRMED" + kept);
    }

    @Test
    @DisplayName("what was shown goes with the request")
    void whatWasShownGoesWithTheRequest() {
        ProcessInstance request = journey.start("account-deregistration", HOLDER);
        journey.shown(request, READ_NOTICE, "notice");
        assertThat(shownForms()).isOne();

        journey.submit(request, READ_NOTICE, "choice", "WITHDRAW");

        assertThat(shownForms()).isZero();
    }

    private long shownForms() {
        return rows.count("shown_form");
    }

    @Test
    @DisplayName("a phone change keeps what was read, and the confirmation of just this number")
    void aPhoneChangeKeepsBoth() {
        journey.changed("acct-10004", "SMS", "13800138004", "13900139004");

        String confirmed = StatementForm.hash("### 确认解绑\n\n新号码 **139****9004** 已验证。确认后，原号码立即解绑。");
        assertThat(said()).hasSize(2).last().isEqualTo("CONFIRMED by acct-10004 of " + confirmed);
    }

    @Test
    @DisplayName("what was not shown can't be consented to")
    void whatWasNotShownCannotBeConsentedTo() {
        ProcessInstance request = journey.start("account-deregistration", HOLDER);
        Task task = journey.task(request, READ_NOTICE);

        assertThatThrownBy(() -> journey.submitUnread(task, CONSENT)).hasMessageContaining(Refusals.SHOWN_ANEW);

        assertThat(said()).isEmpty();
        assertThat(journey.waitsAt(request, READ_NOTICE)).isTrue();
        journey.submit(task, CONSENT);
        assertThat(said()).hasSize(1);
    }

    @Test
    @DisplayName("a notice that changes between reading and answering is shown anew first")
    void aNoticeThatChangesIsShownAnewFirst() {
        ProcessInstance request = journey.start("account-deregistration", HOLDER);
        Task task = journey.task(request, READ_NOTICE);
        journey.read(task);
        rows.update("update notice set text = 'another'");

        assertThatThrownBy(() -> journey.submitUnread(task, CONSENT)).hasMessageContaining(Refusals.SHOWN_ANEW);
        journey.submit(task, CONSENT);

        assertThat(said()).containsExactly("CONSENTED by " + HOLDER + " of " + StatementForm.hash("another"));
    }

    @Test
    @DisplayName("what is shown in another language is read in that language first")
    void anotherLanguageIsReadFirst() {
        ProcessInstance request = journey.start("account-deregistration", HOLDER);
        Task task = journey.task(request, READ_NOTICE);
        LocaleContextHolder.setLocale(Locale.ENGLISH);
        journey.read(task);
        LocaleContextHolder.setLocale(Locale.SIMPLIFIED_CHINESE);

        assertThatThrownBy(() -> journey.submitUnread(task, CONSENT)).hasMessageContaining(Refusals.SHOWN_ANEW);
    }

    @Test
    @DisplayName("what changes around the named parts while the holder reads keeps nobody from answering")
    void whatChangesAroundThemKeepsNobodyFromAnswering() {
        ProcessInstance request = journey.startWithoutCopy("account-deregistration", HOLDER);
        Task task = journey.task(request, READ_NOTICE);
        journey.read(task);
        rows.update("delete from data_export_order");

        journey.submitUnread(task, CONSENT);

        assertThat(said()).hasSize(1);
    }

    @Test
    @DisplayName("two windows that read the same answer once")
    void twoWindowsAnswerOnce() {
        ProcessInstance request = journey.start("account-deregistration", HOLDER);
        Task task = journey.task(request, READ_NOTICE);
        journey.read(task);
        journey.read(task);
        journey.submitUnread(task, CONSENT);

        assertThatThrownBy(() -> journey.submitUnread(task, CONSENT)).hasMessageContaining(Refusals.MOVED_ON);

        assertThat(said()).hasSize(1);
    }

    @Test
    @DisplayName("a withdrawal needs nothing shown, and is kept")
    void aWithdrawalNeedsNothingShown() {
        ProcessInstance request = journey.start("account-deregistration", HOLDER);

        journey.submitUnread(journey.task(request, READ_NOTICE), "choice", "WITHDRAW");

        assertThat(said()).containsExactly("WITHDRAWN by " + HOLDER + " of null");
    }

    @Test
    @DisplayName("who withdraws in the cooling-off period has said so")
    void whoWithdrawsWhileCoolingOffHasSaidSo() {
        journey.deployed("deregistration-policy", "\"PT0S\"", "\"P2D\"");
        ProcessInstance request = journey.confirmed(HOLDER, PHONE);

        journey.submit(request, "UserTask_CoolOff");

        assertThat(said()).hasSize(3).last().isEqualTo("WITHDRAWN by " + HOLDER + " of null");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"complete", "submit", "support submits", "admin submits", "support completes", "another holder"})
    @DisplayName("whoever else completes the task says nothing, and the account stays open")
    void whoeverElseCompletesTheTaskSaysNothing(String way) {
        ProcessInstance request = journey.verified(HOLDER, PHONE);
        Task task = journey.task(request, CONFIRM);
        journey.read(task);
        Map<String, Object> answer = Map.of("choice", "CONFIRM");
        Map<String, Consumer<Task>> ways = Map.of(
                "complete", confirm -> tasks.complete(confirm.getId(), answer),
                "submit", confirm -> forms.submitTaskForm(confirm.getId(), answer),
                "support submits",
                        confirm -> as("support", "support", () -> forms.submitTaskForm(confirm.getId(), answer)),
                "admin submits",
                        confirm -> as("admin", "camunda-admin", () -> forms.submitTaskForm(confirm.getId(), answer)),
                "support completes", confirm -> as("support", "support", () -> tasks.complete(confirm.getId(), answer)),
                "another holder",
                        confirm -> as(
                                "acct-10002", "account-holder", () -> forms.submitTaskForm(confirm.getId(), answer)));

        try {
            ways.get(way).accept(task);
        } catch (RuntimeException e) {
            // refused, which is as good
        }

        assertThat(said()).hasSize(1).first().asString().startsWith("CONSENTED");
        assertThat(rows.text("select status from account where id = ?", HOLDER)).isEqualTo("ACTIVE");
        assertThat(rows.number("select count(*) from holder_request where committed_at is not null"))
                .isZero();
    }

    @Test
    @DisplayName(
            "a browser that has not shown the form is answered a conflict with a sentence, and can go on after it has")
    void aBrowserThatHasNotShownTheForm() {
        Visitor visitor = new Visitor(port);
        visitor.login(PHONE, "Demo-10001");
        visitor.start("account-deregistration");
        String task = visitor.tasks().get(0).path("id").asText();
        Map<String, Object> consent = Map.of("choice", "CONTINUE", "consent", true, "channel", "SMS");
        visitor.read(task);
        rows.update("update notice set text = 'another'");

        Visitor.Answer refused = visitor.submitUnread(task, consent);

        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.message()).isEqualTo(Refusals.SHOWN_ANEW);
        assertThat(visitor.submit(task, consent).status()).isEqualTo(204);
    }

    @Test
    @DisplayName("a browser that asks in another language than it has read the form in has to read it again")
    void aBrowserThatAsksInAnotherLanguage() {
        Visitor visitor = new Visitor(port);
        visitor.login(PHONE, "Demo-10001");
        visitor.start("account-deregistration");
        String task = visitor.tasks().get(0).path("id").asText();
        visitor.get(
                Visitor.ENGINE + "/task/" + task + "/form-variables?deserializeValues=false", "Accept-Language", "en");
        Map<String, Object> consent = Map.of("choice", "CONTINUE", "consent", true, "channel", "SMS");

        assertThat(visitor.submitUnread(task, consent).status()).isEqualTo(409);
        assertThat(visitor.submit(task, consent).status()).isEqualTo(204);
    }

    private List<String> said() {
        return rows.texts("select statement || ' by ' || account_id || ' of ' || coalesce(notice_hash, 'null')"
                + " from holder_answer order by id");
    }

    private void as(String user, String group, Runnable action) {
        identity.setAuthentication(user, List.of(group));
        try {
            action.run();
        } finally {
            identity.clearAuthentication();
        }
    }
}
