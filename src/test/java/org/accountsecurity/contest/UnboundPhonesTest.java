package org.accountsecurity.contest;

import static org.accountsecurity.testing.PathAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import javax.crypto.spec.SecretKeySpec;
import org.accountsecurity.deregistration.erasure.Vault;
import org.accountsecurity.notice.Addressee;
import org.accountsecurity.shop.Accounts;
import org.accountsecurity.testing.JourneyTest;
import org.accountsecurity.testing.Needles;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.jose4j.jwe.ContentEncryptionAlgorithmIdentifiers;
import org.jose4j.jwe.JsonWebEncryption;
import org.jose4j.jwe.KeyManagementAlgorithmIdentifiers;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** The numbers that an account has unbound hear what happens to the account. */
@ExtendWith(OutputCaptureExtension.class)
class UnboundPhonesTest extends JourneyTest {

    private static final String HOLDER = "acct-10004";
    private static final String PHONE = "13800138004";
    private static final String SECOND = "13900139004";
    private static final String THIRD = "13700137004";
    private static final String FOURTH = "13600136004";
    private static final String MAIL = "demo-10004@example.com";

    @Autowired
    Contests contests;

    @Autowired
    UnboundPhones unbound;

    @Autowired
    Vault vault;

    @Autowired
    Accounts accounts;

    private ProcessInstance change;

    @BeforeEach
    void aChangedNumber() {
        change = journey.changed(HOLDER, "SMS", PHONE, SECOND);
        journey.submit(change, "UserTask_AcknowledgeUnbinding");
        clock.forward(Duration.ofHours(1));
        jdbc.sql("delete from inbox_message").update();
    }

    @Test
    @DisplayName("it is told that a deregistration was asked for, and its link stops that")
    void itIsToldOfARequest() {
        ProcessInstance request = journey.start("account-deregistration", HOLDER);
        journey.tellRequested(request);

        assertThat(recipients("%申请了注销%")).containsExactlyInAnyOrder(PHONE, SECOND, MAIL);
        assertThat(texts(PHONE)).singleElement().asString().contains("此前绑定的账户");
        String contest = NotMe.use(contests, journey.notMe(PHONE));

        assertThat(request).isEnded();
        assertThat(contests.find(contest).contestedFrom()).isEqualTo("此前解绑的手机号");
        assertThat(contests.restriction(HOLDER)).isPresent();
    }

    @Test
    @DisplayName(
            "it is told once that the account closes and once that it is closed, without the receipt, then forgotten")
    void itIsToldOfTheClosing() {
        ProcessInstance request = journey.confirmed(HOLDER, SECOND);
        jdbc.sql("delete from inbox_message").update();
        journey.execute(journey.job(request, "StartEvent_TellingClosing"));
        journey.execute(journey.job(request, "SendTask_TellClosing"));
        journey.erase(request);
        journey.submit(request, "UserTask_AcknowledgeResult");

        assertThat(recipients("%已确认注销%")).containsExactlyInAnyOrder(PHONE, SECOND, MAIL);
        assertThat(recipients("%账户已注销%")).containsExactlyInAnyOrder(PHONE, SECOND, MAIL);
        assertThat(texts(PHONE)).hasSize(2).allMatch(text -> !text.contains("查询密码"));
        assertThat(Needles.find(jdbc, List.of(PHONE, SECOND, MAIL), Set.of("inbox_message")))
                .isEmpty();
        assertThat(rows("unbound_phone") + rows("vault")).isZero();
    }

    @Test
    @DisplayName("it is told of each further change as well")
    void itIsToldOfEachFurtherChange() {
        again(SECOND, THIRD);
        assertThat(recipients("%不是我操作%")).containsExactlyInAnyOrder(PHONE, SECOND, THIRD, MAIL);
        jdbc.sql("delete from inbox_message").update();

        again(THIRD, FOURTH);

        assertThat(recipients("%不是我操作%")).containsExactlyInAnyOrder(PHONE, SECOND, THIRD, FOURTH, MAIL);
        NotMe.use(contests, journey.notMe(PHONE));
        assertThat(contests.restriction(HOLDER)).isPresent();
    }

    @Test
    @DisplayName("whoever changes the number twice can't keep the first one from stopping a deregistration")
    void twoChangesDontGetRoundIt() {
        again(SECOND, THIRD);
        jdbc.sql("delete from inbox_message").update();

        ProcessInstance request = journey.start("account-deregistration", HOLDER);
        journey.tellRequested(request);

        assertThat(recipients("%申请了注销%")).containsExactlyInAnyOrder(PHONE, SECOND, THIRD, MAIL);
        NotMe.use(contests, journey.notMe(PHONE));
        assertThat(request).isEnded();
        assertThat(contests.restriction(HOLDER)).isPresent();
    }

    @Test
    @DisplayName("after two changes all three numbers are told once that the account closes and once that it is closed")
    void afterTwoChangesAllAreToldOfTheClosing() {
        again(SECOND, THIRD);
        jdbc.sql("delete from inbox_message").update();

        ProcessInstance request = journey.confirmed(HOLDER, THIRD);
        journey.execute(journey.job(request, "StartEvent_TellingClosing"));
        journey.execute(journey.job(request, "SendTask_TellClosing"));
        journey.erase(request);

        assertThat(recipients("%已确认注销%")).containsExactlyInAnyOrder(PHONE, SECOND, THIRD, MAIL);
        assertThat(recipients("%账户已注销%")).containsExactlyInAnyOrder(PHONE, SECOND, THIRD, MAIL);
        assertThat(rows("unbound_phone") + rows("vault")).isZero();
    }

    @Test
    @DisplayName("of many numbers those are told that were unbound first: a thief's come after the holder's")
    void ofManyTheFirstAreTold() {
        for (int change = 1; change <= 6; change++) {
            unbound.keep(HOLDER, "1370013700" + change);
            clock.forward(Duration.ofMinutes(1));
        }

        assertThat(told()).containsExactly(PHONE, "13700137001", "13700137002", "13700137003", "13700137004");
        unbound.keep(HOLDER, PHONE);
        assertThat(told())
                .as("unbound once more")
                .containsExactly("13700137001", "13700137002", "13700137003", "13700137004", "13700137005");
    }

    @Test
    @DisplayName("each ends by its own time")
    void eachEndsByItsOwnTime() {
        clock.forward(Duration.ofDays(10));
        unbound.keep(HOLDER, THIRD);

        clock.forward(Duration.ofDays(20).minusHours(1));
        assertThat(told()).containsExactly(THIRD);
        clock.forward(Duration.ofDays(10).plusHours(1));
        assertThat(told()).isEmpty();
        clock.forward(Duration.ofMillis(1));
        assertThat(unbound.purge(clock.instant())).isEqualTo(2);
    }

    @Test
    @DisplayName("what was kept under another master key is left out with one error, and stops nothing")
    void whatCantBeOpenedIsLeftOut(CapturedOutput output) throws JoseException {
        JsonWebEncryption another = new JsonWebEncryption();
        another.setAlgorithmHeaderValue(KeyManagementAlgorithmIdentifiers.A256KW);
        another.setEncryptionMethodHeaderParameter(ContentEncryptionAlgorithmIdentifiers.AES_256_GCM);
        another.setKey(new SecretKeySpec(new byte[32], "AES"));
        another.setPlaintext(PHONE);
        unbound.keep(HOLDER, FOURTH);
        jdbc.sql("update unbound_phone set sealed = ?")
                .param(another.getCompactSerialization())
                .update();
        int before = output.getAll().length();

        again(SECOND, THIRD);

        assertThat(output.getAll().substring(before))
                .containsOnlyOnce("ERROR")
                .containsOnlyOnce("2 numbers that an account has unbound can't be opened")
                .doesNotContain(PHONE, HOLDER);
        jdbc.sql("delete from inbox_message").update();
        ProcessInstance request = journey.confirmed(HOLDER, THIRD);
        journey.erase(request);
        assertThat(recipients("%账户已注销%")).containsExactlyInAnyOrder(SECOND, THIRD, MAIL);
    }

    @Test
    @DisplayName("who binds the old number again is told once")
    void whoBindsTheOldNumberAgainIsToldOnce() {
        journey.changed(HOLDER, "SMS", SECOND, PHONE);

        assertThat(recipients("%不是我操作%")).containsExactlyInAnyOrder(PHONE, SECOND, MAIL);
    }

    @Test
    @DisplayName("a number that is bound again by other means is told once, too")
    void aNumberThatIsBoundAgainIsToldOnce() {
        jdbc.sql("update account set phone = ? where id = ?")
                .params(PHONE, HOLDER)
                .update();

        journey.tellRequested(journey.start("account-deregistration", HOLDER));

        assertThat(recipients("%不是我操作%")).containsExactlyInAnyOrder(PHONE, MAIL);
    }

    @Test
    @DisplayName("no table knows it in plain, and after 30 days none knows it at all")
    void itIsSealedAndEnds() {
        assertThat(Needles.find(jdbc, List.of(PHONE), Set.of())).isEmpty();
        clock.forward(Duration.ofDays(30).minusHours(1).minusMillis(1));
        assertThat(told()).containsExactly(PHONE);
        assertThat(unbound.purge(clock.instant())).isZero();

        clock.forward(Duration.ofMillis(1));
        journey.tellRequested(journey.start("account-deregistration", HOLDER));
        assertThat(recipients("%不是我操作%")).containsExactlyInAnyOrder(SECOND, MAIL);
        clock.forward(Duration.ofMillis(1));
        assertThat(unbound.purge(clock.instant())).isEqualTo(1);
    }

    @Test
    @DisplayName("an account that had no number tells the first one that it binds")
    void anAccountThatHadNoNumber() {
        jdbc.sql("update account set phone = null where id = 'acct-10005'").update();

        journey.changed("acct-10005", "EMAIL", "demo-10005@example.com", THIRD);

        assertThat(recipients("%不是我操作%")).containsExactlyInAnyOrder(THIRD, "demo-10005@example.com");
    }

    private void again(String phone, String next) {
        clock.forward(Duration.ofHours(1));
        journey.submit(journey.changed(HOLDER, "SMS", phone, next), "UserTask_AcknowledgeUnbinding");
    }

    private List<String> told() {
        return unbound.of(accounts.find(HOLDER).orElseThrow()).stream()
                .map(Addressee::address)
                .toList();
    }

    private List<String> recipients(String text) {
        return jdbc.sql("select recipient from inbox_message where text like ?")
                .param(text)
                .query(String.class)
                .list();
    }

    private List<String> texts(String recipient) {
        return jdbc.sql("select text from inbox_message where recipient = ?")
                .param(recipient)
                .query(String.class)
                .list();
    }

    private long rows(String table) {
        return jdbc.sql("select count(*) from " + table).query(Long.class).single();
    }
}
