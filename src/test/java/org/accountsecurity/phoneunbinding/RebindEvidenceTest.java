package org.accountsecurity.phoneunbinding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.accountsecurity.request.CommitPointTest;
import org.accountsecurity.request.MissingEvidence.Kind;
import org.accountsecurity.request.Statement;
import org.accountsecurity.request.StatementForms;
import org.accountsecurity.shop.Masks;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

/** What a number is bound by: without any one of it the account keeps its own, whatever a diagram has done. */
class RebindEvidenceTest extends CommitPointTest {

    private static final String HOLDER = "acct-10004";
    private static final String PHONE = "13800138004";
    private static final String NEW_PHONE = "13900139004";

    @Autowired
    PhoneChanges changes;

    private String request;

    @BeforeEach
    void confirmed() {
        ProcessInstance change = journey.start("phone-unbinding", HOLDER);
        journey.submit(change, "UserTask_ReadUnbindingNotice", "choice", "CONTINUE", "channel", "SMS");
        journey.verify(change, PHONE);
        journey.submit(change, "UserTask_EnterNewPhone", "choice", "CONTINUE", "newPhone", NEW_PHONE);
        journey.verify(change, NEW_PHONE);
        request = request();
        confirm(NEW_PHONE);
    }

    private void confirm(String phone) {
        answers.add(
                request,
                HOLDER,
                Statement.CONFIRMED,
                "task",
                "shown",
                StatementForms.of("phone-unbinding", Statement.CONFIRMED)
                        .noticeHash(Map.<String, Object>of("maskedTarget", Masks.mask(phone))::get));
    }

    @Test
    @DisplayName("with all of it the number moves, by the confirmation that is noted, and only once")
    void withAllOfItTheNumberMoves() {
        rebind();

        assertThat(phone()).isEqualTo(NEW_PHONE);
        assertThat(committedWith()).isEqualTo("CONFIRMED");
        assertThatThrownBy(this::rebind).rootCause().hasMessageContaining("已经更换过");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            CONFIRMATION | 确认 | delete from holder_answer where statement = 'CONFIRMED'
            CONFIRMATION | 确认 | update holder_answer set account_id = 'acct-10002' where statement = 'CONFIRMED'
            WITHDRAWN | 撤回 | insert into holder_answer (request_id, account_id, statement, task_id, said_at) \
                select request_id, account_id, 'WITHDRAWN', 'later', said_at from holder_answer where statement = 'CONFIRMED'
            CONSENT | 解绑须知 | delete from holder_answer where statement = 'CONSENTED'
            NOTICE | 不是这个号码 | update holder_answer set notice_hash = 'another' where statement = 'CONFIRMED'
            CODE | 没有验证身份 | update verification set accepted_at = null where purpose = 'PHONE_UNBINDING'
            CODE | 没有验证身份 | update verification set accepted_at = accepted_at + interval '1' second \
                where purpose = 'PHONE_UNBINDING'
            CODE | 验证新手机号 | update verification set accepted_at = null where purpose = 'NEW_PHONE'
            CODE | 验证新手机号 | update verification set accepted_at = accepted_at + interval '1' second \
                where purpose = 'NEW_PHONE'
            """)
    @DisplayName(
            "without one of it the account keeps its number, its holder reads what to do, and the operator sees it")
    void missing(Kind kind, String sentence, String sql) {
        double before = figure(kind);
        rows.update(sql);

        assertThatThrownBy(this::rebind)
                .rootCause()
                .isInstanceOf(NotReadyToRebindException.class)
                .hasMessageContaining(sentence);

        assertThat(phone()).isEqualTo(PHONE);
        assertThat(figure(kind)).isEqualTo(before + 1);
    }

    @Test
    @DisplayName("a confirmation of one number binds no other")
    void aConfirmationOfOneNumberBindsNoOther() {
        confirm("13900139005");

        assertThatThrownBy(this::rebind).rootCause().hasMessageContaining("不是这个号码");
    }

    @Test
    @DisplayName("a confirmation is good for a day, and not a second longer")
    void aConfirmationIsGoodForADay() {
        clock.forward(Duration.ofDays(1).plusSeconds(1));
        assertThatThrownBy(this::rebind).rootCause().hasMessageContaining("超过有效期");
        assertThat(phone()).isEqualTo(PHONE);

        clock.reset();
        clock.forward(Duration.ofDays(1));
        rebind();
        assertThat(phone()).isEqualTo(NEW_PHONE);
    }

    private void rebind() {
        inTransaction(() -> {
            changes.rebind(request);
            return null;
        });
    }

    private String phone() {
        return accounts.find(HOLDER).orElseThrow().phone();
    }
}
