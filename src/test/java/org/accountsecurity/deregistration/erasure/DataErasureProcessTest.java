package org.accountsecurity.deregistration.erasure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.assertThat;

import java.util.List;
import java.util.Map;
import org.accountsecurity.ApplicationTest;
import org.accountsecurity.CoversProcess;
import org.accountsecurity.Journey;
import org.accountsecurity.TestClock;
import org.accountsecurity.request.HolderRequests;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@ApplicationTest
@CoversProcess("data-erasure")
class DataErasureProcessTest {

    private static final String HOLDER = "acct-10001";
    private static final String PHONE = "13800138001";
    private static final String MAIL = "demo-10001@example.com";

    private static final String ERASE_DATA_SET = "SubProcess_EraseDataSet";
    private static final String NOTIFY_HOLDER = "ServiceTask_NotifyHolder";
    private static final String ACKNOWLEDGE = "UserTask_AcknowledgeResult";

    @Autowired
    Journey journey;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    HolderRequests requests;

    @Autowired
    RetentionTable retention;

    @Autowired
    TestClock clock;

    @Test
    @DisplayName("every data set has a job of its own, is erased and verified")
    void everyDataSetIsErasedAndVerified() {
        ProcessInstance request = committed();
        assertThat(journey.jobs(request, ERASE_DATA_SET)).hasSize(7);

        journey.jobs(request, ERASE_DATA_SET).forEach(journey::execute);

        assertThat(outcomes())
                .containsEntry("orders", "FROZEN")
                .containsEntry("favourites", "ERASED")
                .containsEntry("addresses", "ERASED")
                .containsEntry("profile", "ERASED")
                .containsEntry("subscriptions", "NOTHING_HELD")
                .hasSize(7);
        assertThat(number("select count(*) from erasure where verified_at is null"))
                .isZero();
        for (String table : List.of("shop_order", "favourite", "address", "wallet", "subscription", "linked_login")) {
            assertThat(number("select count(*) from " + table + " where account_id = '" + HOLDER + "'"))
                    .as(table)
                    .isZero();
        }
        assertThat(number("select count(*) from account where id = '" + HOLDER
                        + "' and (phone is not null or mail is not null or nickname is not null"
                        + " or password_hash is not null)"))
                .isZero();
    }

    @Test
    @DisplayName("transaction records are kept for three years from completion, with nothing that leads to a person")
    void transactionRecordsAreKeptForThreeYears() {
        ProcessInstance request = committed();

        journey.erase(request);

        assertThat(number("select count(*) from retained_transaction")).isEqualTo(3);
        assertThat(jdbc.sql("select completed_on, frozen_until from retained_transaction")
                        .query((row, index) -> row.getDate(1)
                                .toLocalDate()
                                .plusYears(3)
                                .equals(row.getDate(2).toLocalDate()))
                        .list())
                .containsOnly(true);
    }

    @Test
    @DisplayName("the former holder is told at every address there was, and then the addresses are gone")
    void theFormerHolderIsTold() {
        ProcessInstance request = committed();

        journey.erase(request);

        assertThat(jdbc.sql("select recipient from inbox_message where text like '%账户已注销%'")
                        .query(String.class)
                        .list())
                .containsExactlyInAnyOrder(PHONE, MAIL);
        assertThat(number("select count(*) from sealed_contact")).isZero();
        assertThat(journey.waitsAt(request, ACKNOWLEDGE)).isTrue();
    }

    @Test
    @DisplayName("success waits for the last data set")
    void successWaitsForTheLastDataSet() {
        ProcessInstance request = committed();
        List<Job> jobs = journey.jobs(request, ERASE_DATA_SET);

        jobs.subList(1, jobs.size()).forEach(journey::execute);

        assertThat(journey.jobs(request, NOTIFY_HOLDER)).isEmpty();
        assertThat(journey.waitsAt(request, ACKNOWLEDGE)).isFalse();
    }

    @Test
    @DisplayName("a data set that still holds something fails its job, and a retry completes it")
    void aDataSetThatStillHoldsSomethingFailsItsJob() {
        ProcessInstance request = committed();
        jdbc.sql("create table favourite_copy (id varchar(36) primary key, favourite_id varchar(36)"
                        + " references favourite (id))")
                .update();
        try {
            jdbc.sql("insert into favourite_copy select 'copy', min(id) from favourite where account_id = ?")
                    .param(HOLDER)
                    .update();
            List<Job> failed = journey.jobs(request, ERASE_DATA_SET).stream()
                    .filter(job -> !succeeds(job))
                    .toList();
            assertThat(failed).hasSize(1);
            assertThat(journey.waitsAt(request, ACKNOWLEDGE)).isFalse();
        } finally {
            jdbc.sql("drop table favourite_copy").update();
        }

        journey.erase(request);

        assertThat(outcomes()).containsEntry("favourites", "ERASED").hasSize(7);
        assertThat(journey.waitsAt(request, ACKNOWLEDGE)).isTrue();
    }

    @Test
    @DisplayName("a data set that says done and did nothing is found out")
    void aDataSetThatDidNothingIsFoundOut() {
        OneDataSet liar = new OneDataSet("favourites");
        liar.held = 2;
        committed();
        String requestId =
                jdbc.sql("select id from holder_request").query(String.class).single();
        DataErasure erasure = new DataErasure(requests, liar.catalogue(), retention, jdbc, clock);

        erasure.erase(requestId, "favourites");

        assertThatThrownBy(() -> erasure.verify(requestId, "favourites")).isInstanceOf(IllegalStateException.class);
        assertThat(number("select count(*) from erasure where verified_at is not null"))
                .isZero();
    }

    private ProcessInstance committed() {
        ProcessInstance request = journey.start("account-deregistration", HOLDER);
        journey.submit(request, "UserTask_ReadNotice", "choice", "CONTINUE", "consent", true, "channel", "SMS");
        journey.verify(request, PHONE);
        journey.submit(request, "UserTask_ConfirmDeregistration", "choice", "CONFIRM");
        return request;
    }

    private boolean succeeds(Job job) {
        try {
            journey.execute(job);
            return true;
        } catch (RuntimeException e) {
            return false;
        }
    }

    private Map<String, String> outcomes() {
        return jdbc
                .sql("select data_set, outcome from erasure")
                .query((row, index) -> Map.entry(row.getString(1), row.getString(2)))
                .list()
                .stream()
                .collect(java.util.stream.Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private long number(String sql) {
        return jdbc.sql(sql).query(Long.class).single();
    }
}
