package org.accountsecurity.testing;

import static org.assertj.core.api.Assertions.assertThat;

import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** Each check finds what was planted for it, and nothing where all is well. */
class InvariantsTest extends JourneyTest {

    private static final String HOLDER = "acct-10001";
    private static final String PHONE = "13800138001";

    @Autowired
    ApplicationContext context;

    private Invariants invariants;

    @BeforeEach
    void beforeTheFirstStep() {
        invariants = new Invariants(context);
        invariants.personalOfTheShop();
    }

    @Test
    @DisplayName("a deregistration from its first step to its last breaks none")
    void aDeregistrationBreaksNone() {
        ProcessInstance request = committed();
        assertThat(invariants.violations()).isEmpty();

        finish(request);

        assertThat(invariants.violations()).isEmpty();
        assertThat(invariants.violationsAtTheEnd(jwks())).isEmpty();
    }

    @Test
    @DisplayName("I1: an erasure without a spent verification")
    void anErasureWithoutASpentVerification() {
        verified();
        plant("insert into erasure (request_id, data_set, label, law, anonymise, keep_for, outcome)"
                + " select id, 'orders', '', '', false, 'P0D', 'ERASED' from holder_request");

        assertFound("I1");
    }

    @Test
    @DisplayName("I2: two open requests of one account for one process")
    void twoOpenRequests() {
        committed();
        plant("insert into holder_request (id, process_key, account_id, process_instance_id, opened_at)"
                + " select 'second', process_key, account_id, 'second', opened_at from holder_request");

        assertFound("I2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "insert into favourite (id, account_id, title) values ('late', 'acct-10001', '雨伞')",
                "update account set nickname = '回来了' where id = 'acct-10001'",
                "update erasure set verified_at = null where data_set = 'wallet'",
                "delete from erasure where data_set = 'orders'"
            })
    @DisplayName("I3: success although something is left or was not verified")
    void successAlthoughSomethingIsLeft(String violation) {
        ProcessInstance request = committed();
        journey.erase(request);
        assertThat(invariants.violations()).isEmpty();
        plant(violation);

        assertFound("I3");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update ACT_RU_VARIABLE set TEXT_ = '[\"13800138001\"]' where NAME_ = 'message'",
                "update ACT_RU_VARIABLE set TEXT_ = (select text from inbox_message) where NAME_ = 'message'",
                "update ACT_RU_JOB set EXCEPTION_MSG_ = 'Key (mail)=(demo-10001@example.com)'"
                        + " where PROCESS_INSTANCE_ID_ is not null",
                "update ACT_RU_TASK set DESCRIPTION_ = '林一'",
                "update trail set steps = steps || ' 杭州市西湖区文三路 1 号'",
                "insert into ACT_GE_BYTEARRAY (ID_, BYTES_) values ('planted', cast('{\"title\": \"棉麻四件套\"}' as bytea))"
            })
    @DisplayName("I4: a personal text, or a code, in a table of the engine")
    void aPersonalTextInTheEngine(String violation) {
        ProcessInstance request = accepted();
        journey.deliverCodes();
        assertThat(invariants.violations()).isEmpty();
        plant(violation);

        try {
            assertFound("I4");
        } finally {
            rows.update("delete from ACT_GE_BYTEARRAY where ID_ = 'planted'");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "insert into verification_code (id, verification_id, number, serial, channel, target_hash, issued_at,"
                        + " expires_at, tries_left, spent_at) select 'second', verification_id, 2, 'X2', channel,"
                        + " target_hash, issued_at, expires_at, 5, spent_at from verification_code",
                "update verification_code set spent_at = null",
                "update verification set purpose = 'NEW_PHONE'",
                "update verification set account_id = 'acct-10002'",
                "update verification set used_at = used_at + interval '1' second",
                "update verification_code set expires_at = expires_at + interval '1' second",
                "update code_send set under_way_until = sent_at"
            })
    @DisplayName("I5: a code that is spent twice, or for what it was not meant")
    void aCodeThatIsMisused(String violation) {
        committed();
        assertThat(invariants.violations()).isEmpty();
        plant(violation);

        assertFound("I5");
    }

    @Test
    @DisplayName("I5: a timer that does not wait for its code")
    void aTimerThatDoesNotWaitForItsCode() {
        ProcessInstance request = accepted();
        journey.deliverCodes();
        assertThat(invariants.violations()).isEmpty();
        plant("update verification_code set expires_at = expires_at - interval '1' second");

        assertFound("I5");
    }

    @Test
    @DisplayName("I5: a verification of another version of the account")
    void aVerificationOfAnotherVersion() {
        verified();
        plant("update verification set account_version = 7");

        assertFound("I5");
    }

    @Test
    @DisplayName("I6: one number bound to two accounts, spelt otherwise")
    void oneNumberOfTwoAccounts() {
        plant("update account set phone = '+113800138001' where id = 'acct-10002'");

        assertFound("I6");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "delete from ACT_RU_JOB where TYPE_ = 'timer' and PROCESS_INSTANCE_ID_ is not null",
                "update ACT_RU_JOB set RETRIES_ = 0 where PROCESS_INSTANCE_ID_ is not null",
                "update ACT_RU_JOB set DUEDATE_ = null where TYPE_ = 'timer' and PROCESS_INSTANCE_ID_ is not null"
            })
    @DisplayName("I7: a task that nothing ends, a failed job that nobody is told of")
    void waitingForever(String violation) {
        accepted();
        assertThat(invariants.violations()).isEmpty();
        plant(violation);

        assertFound("I7");
    }

    @Test
    @DisplayName("I7: a data set that has failed and that nobody watches")
    void aFailedDataSetThatNobodyWatches() {
        committed();
        plant("update ACT_RU_JOB set RETRIES_ = 0 where TYPE_ = 'message' and PROCESS_INSTANCE_ID_ is not null");
        plant(
                "insert into ACT_RU_INCIDENT (ID_, REV_, INCIDENT_TIMESTAMP_, INCIDENT_TYPE_, CONFIGURATION_) select"
                        + " 'planted' || row_number() over (), 1, current_timestamp, 'failedJob', ID_ from ACT_RU_JOB where RETRIES_ = 0");
        try {
            assertThat(invariants.violations()).isEmpty();
            plant("delete from ACT_RU_JOB where TYPE_ = 'timer' and PROCESS_INSTANCE_ID_ is not null");

            assertFound("I7");
        } finally {
            rows.update("delete from ACT_RU_INCIDENT where ID_ like 'planted%'");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "'REFUSED'"})
    @DisplayName("I8: a refusal without a reason in Chinese")
    void aRefusalWithoutAReason(String message) {
        ProcessInstance request = accepted();
        for (int i = 0; i < 5; i++) {
            journey.submit(request, "UserTask_EnterCode", "choice", "SUBMIT", "code", "000000");
            assertThat(invariants.violations()).isEmpty();
        }
        plant("update ACT_RU_VARIABLE set TEXT_ = " + message + " where NAME_ = 'message'");

        assertFound("I8");
    }

    @ParameterizedTest
    @ValueSource(strings = {"shop_order", "subscription", "wallet"})
    @DisplayName("I9: an obligation of an account that is closing")
    void anObligationOfAClosingAccount(String table) {
        committed();
        assertThat(invariants.violations()).isEmpty();
        plant("alter table " + table + " drop constraint " + table + "_obligor_fk");

        try {
            assertFound("I9");
        } finally {
            rows.update("alter table " + table + " add constraint " + table
                    + "_obligor_fk foreign key (obligor) references account (obligor)");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "delete from obligation where kind = 'END_LOGINS'",
                "delete from obligation where kind = 'ERASE' and subject = 'wallet'",
                "delete from obligation where kind = 'END_REQUEST'",
                "update account set status = 'CLOSED' where id = 'acct-10001'"
            })
    @DisplayName("I11: an account that is closing or closed without what is owed for it")
    void whatIsNotOwed(String violation) {
        committed();
        assertThat(invariants.violations()).isEmpty();
        plant(violation);

        assertFound("I11");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update receipt set jws = null",
                "update receipt set jws = left(jws, length(jws) - 8) || 'AAAAAAAA'",
                "delete from erasure where data_set = 'wallet'",
                "update trail set steps = replace(steps, 'UserTask_AcknowledgeResult', 'UserTask_Other')",
                "update account set status = 'CLOSING' where id = 'acct-10001'",
                "insert into vault (request_id, sealed) values ('left', '')"
            })
    @DisplayName("I10: an account that did not get to the end")
    void anAccountThatDidNotGetToTheEnd(String violation) {
        finish(committed());
        assertThat(invariants.violationsAtTheEnd(jwks())).isEmpty();
        plant(violation);

        assertThat(invariants.violationsAtTheEnd(jwks()))
                .isNotEmpty()
                .allMatch(found -> found.startsWith("I10: "), "found by I10");
    }

    private void plant(String violation) {
        assertThat(rows.update(violation)).isNotNegative();
    }

    private void assertFound(String invariant) {
        assertThat(invariants.violations())
                .isNotEmpty()
                .allMatch(found -> found.startsWith(invariant + ": "), "found by " + invariant);
    }

    private ProcessInstance accepted() {
        ProcessInstance request = journey.start("account-deregistration", HOLDER);
        journey.submit(request, "UserTask_ReadNotice", "choice", "CONTINUE", "consent", true, "channel", "SMS");
        return request;
    }

    private ProcessInstance verified() {
        ProcessInstance request = accepted();
        journey.verify(request, PHONE);
        return request;
    }

    private ProcessInstance committed() {
        ProcessInstance request = verified();
        journey.submit(request, "UserTask_ConfirmDeregistration", "choice", "CONFIRM");
        return request;
    }

    private void finish(ProcessInstance request) {
        journey.erase(request);
        journey.submit(request, "UserTask_AcknowledgeResult");
    }

    private String jwks() {
        return new Visitor(port).get("/.well-known/jwks.json").body();
    }
}
