package org.accountsecurity.deregistration.receipt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.accountsecurity.deregistration.erasure.ErasurePlan;
import org.accountsecurity.request.HolderAnswers;
import org.accountsecurity.request.HolderRequests;
import org.accountsecurity.request.Statement;
import org.accountsecurity.testing.JourneyTest;
import org.accountsecurity.testing.Snapshot;
import org.accountsecurity.testing.Visitor;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwx.JsonWebStructure;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

/** 注销凭证, from the commit point to the page that shows it without a login. */
class ReceiptTest extends JourneyTest {

    private static final String HOLDER = "acct-10001";
    private static final String NOTICE_HASH = "0123456789abcdef".repeat(4);
    private static final String WRONG = "凭证编号或查询密码不正确，请核对后重新输入。";

    @Autowired
    Receipts receipts;

    @Autowired
    ErasurePlan plan;

    @Autowired
    HolderAnswers answers;

    @Autowired
    HolderRequests requests;

    @TempDir
    Path folder;

    private String request;

    @BeforeEach
    void aRequestThatIsPastItsCommitPoint() {
        rows.update("delete from receipt");
        request = requests.open("account-deregistration", HOLDER, "instance", null)
                .orElseThrow();
        rows.update(
                "update holder_request set committed_at = ?, finish_by = ? where id = ?",
                Timestamp.from(clock.instant().plusSeconds(60)),
                Date.valueOf("2026-12-14"),
                request);
        answers.add(request, HOLDER, Statement.CONFIRMED, "task", "shown", NOTICE_HASH);
        rows.update("update holder_request set confirmation_id = (select id from holder_answer)");
    }

    @Test
    @DisplayName("a request has one number, however often it is opened, and the number says nothing about it")
    void aRequestHasOneNumber() {
        String number = receipts.open(request);

        assertThat(number).matches("ZX-[2-9A-HJ-NP-Z]{16}");
        assertThat(receipts.open(request)).isEqualTo(number);
        assertThat(receipts.number(request)).isEqualTo(number);
        assertThat(receipts.open("another-request")).isNotEqualTo(number);
        assertThatThrownBy(() -> receipts.number("unknown")).isInstanceOf(IllegalStateException.class);
    }

    @Test
    @DisplayName("the secret can be read aloud, is always the same, and stands in no table")
    void theSecretStandsInNoTable() {
        receipts.open(request);

        String secret = receipts.secret(request);

        assertThat(secret).matches("([2-9A-HJ-NP-Z]{4}-){3}[2-9A-HJ-NP-Z]{4}").isEqualTo(receipts.secret(request));
        assertThat(Snapshot.of(jdbc).rowsByTable().toString())
                .contains(receipts.number(request))
                .doesNotContain(secret, secret.replace("-", ""));
    }

    @Test
    @DisplayName("a receipt is not signed while one data set is not verified, or missing")
    void aReceiptIsNotSignedWhileOneDataSetIsNotVerified() {
        receipts.open(request);
        plan.record(request);
        List<String> names = plan.dataSets(request);
        names.stream().skip(1).forEach(this::erased);

        assertThatThrownBy(() -> receipts.fulfil(request)).hasMessage("not done: " + names.get(0));
        rows.update("update erasure set outcome = 'ERASED' where data_set = ?", names.get(0));
        assertThatThrownBy(() -> receipts.fulfil(request)).hasMessage("not done: " + names.get(0));
        assertThat(jws()).isNull();
    }

    @Test
    @DisplayName("a receipt is not signed for a request that never came to its commit point")
    void aReceiptIsNotSignedWithoutACommitPoint() {
        receipts.open(request);

        assertThatThrownBy(() -> receipts.fulfil(request)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    @DisplayName("a receipt is signed once: what happens afterwards does not change it")
    void aReceiptIsSignedOnce() {
        complete();
        String first = jws();

        clock.forward(Duration.ofDays(1));
        rows.update("update erasure set outcome = 'ANONYMISED'");
        receipts.fulfil(request);

        assertThat(jws()).isEqualTo(first);
    }

    @Test
    @DisplayName("a receipt says what became of each data set, when and under which law, and names nobody")
    void aReceiptSaysWhatBecameOfEachDataSet() throws JoseException {
        complete();

        String payload = payload();
        JsonNode receipt = new Visitor.Answer(200, null, payload).json();

        assertThat(receipt.path("iss").asText()).isEqualTo("account-security");
        assertThat(receipt.path("jti").asText()).isEqualTo(receipts.number(request));
        assertThat(receipt.path("iat").asLong()).isEqualTo(clock.instant().getEpochSecond());
        assertThat(receipt.path("requestId").asText()).isEqualTo(request);
        assertThat(receipt.path("requestedAt").asText()).isEqualTo("2026-11-23T02:00:00Z");
        assertThat(receipt.path("confirmedAt").asText()).isEqualTo("2026-11-23T02:00:00Z");
        assertThat(receipt.path("committedAt").asText()).isEqualTo("2026-11-23T02:01:00Z");
        assertThat(receipt.path("completedAt").asText()).isEqualTo("2026-11-23T02:00:00Z");
        assertThat(receipt.path("noticeHash").asText()).isEqualTo(NOTICE_HASH);
        assertThat(receipt.path("dataSets").findValuesAsText("name")).isEqualTo(plan.dataSets(request));
        assertThat(receipt.path("dataSets"))
                .anySatisfy(entry -> assertThat(entry.toString())
                        .isEqualTo("{\"name\":\"orders\",\"label\":\"交易记录\",\"outcome\":\"RETAINED\","
                                + "\"retainedUntil\":\"2029-11-23\",\"law\":\"《电子商务法》第三十一条\","
                                + "\"verifiedAt\":\"2026-11-23T02:00:00Z\"}"));
        assertThat(receipt.path("dataSets"))
                .anySatisfy(entry -> assertThat(entry.path("outcome").asText()).isEqualTo("NOTHING_HELD"));
        assertThat(payload).doesNotContain(HOLDER, "instance").doesNotContain(personalData());
    }

    @Test
    @DisplayName("without a confirmation and a time of the commit point these are left out")
    void whatIsNotKnownIsLeftOut() throws JoseException {
        rows.update("update holder_request set committed_at = null, confirmation_id = null");
        complete();

        assertThat(payload()).doesNotContain("noticeHash", "confirmedAt", "committedAt", "null");
    }

    @Test
    @DisplayName("the published keys have no private part, may be cached, and verify the receipt that is downloaded")
    void thePublishedKeysVerifyTheDownloadedReceipt() throws IOException, InterruptedException {
        complete();
        Visitor visitor = new Visitor(port);

        Visitor.Answer keys = visitor.get("/.well-known/jwks.json");
        Visitor.Answer download = post(visitor, receipts.number(request), receipts.secret(request), "&download=true");

        assertThat(keys.status()).isEqualTo(200);
        assertThat(keys.header("Cache-Control")).isEqualTo("max-age=3600, public");
        assertThat(keys.header("Set-Cookie")).isEmpty();
        assertThat(keys.header("Content-Type")).startsWith("application/jwk-set+json");
        assertThat(keys.json().path("keys")).hasSize(1);
        assertThat(keys.json().path("keys").get(0).fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder("kty", "crv", "x", "kid", "use", "alg");
        assertThat(download.header("Content-Type")).startsWith("application/jose");
        assertThat(download.header("Content-Disposition")).isEqualTo("attachment; filename=\"receipt.jws\"");
        assertThat(download.header("Cache-Control")).contains("no-store");
        assertThat(download.body()).isEqualTo(jws());
        assertThat(Verification.of(download.body(), keys.body(), folder).exitCode())
                .isZero();
    }

    @Test
    @DisplayName("nobody needs a login to be asked for number and secret, and the answer is not cached")
    void nobodyNeedsALogin() {
        Visitor.Answer page = new Visitor(port).get("/receipt");

        assertThat(page.status()).isEqualTo(200);
        assertThat(page.header("Cache-Control")).contains("no-store");
        assertThat(page.body()).contains("凭证编号", "查询密码").doesNotContain(WRONG);
    }

    @Test
    @DisplayName("without the token of the form nothing is shown")
    void withoutTheTokenOfTheFormNothingIsShown() {
        complete();

        Visitor.Answer answer = new Visitor(port)
                .postForm("/receipt", "number=" + receipts.number(request) + "&secret=" + receipts.secret(request));

        assertThat(answer.location()).endsWith("/receipt?again");
        assertThat(new Visitor(port).get("/receipt?again").body()).contains("页面已过期，请重新输入");
        assertThat(answer.body()).doesNotContain(receipts.number(request));
    }

    @Test
    @DisplayName("a wrong number and a wrong secret get the same answer")
    void aWrongNumberAndAWrongSecretGetTheSameAnswer() {
        complete();
        String number = receipts.number(request);
        String unknown = "ZX-2222222222222222";

        String wrongSecret = post(number, "2222-2222-2222-2222");
        String wrongNumber = post(unknown, receipts.secret(request));

        assertThat(wrongSecret).contains(WRONG).doesNotContain("已完成", "处理中");
        assertThat(withoutToken(wrongNumber).replace(unknown, number)).isEqualTo(withoutToken(wrongSecret));
        assertThat(post("", "")).contains(WRONG);
        assertThat(post("\"><script>", "x")).contains(WRONG).doesNotContain("<script>");
    }

    @Test
    @DisplayName("a wrong pair downloads nothing, nor does a receipt that is not there yet")
    void aWrongPairDownloadsNothing() {
        receipts.open(request);
        Visitor visitor = new Visitor(port);

        Visitor.Answer wrong = post(visitor, receipts.number(request), "wrong", "&download=true");
        Visitor.Answer early = post(visitor, receipts.number(request), receipts.secret(request), "&download=true");

        assertThat(wrong.status()).isEqualTo(303);
        assertThat(wrong.location()).endsWith("/receipt?error");
        assertThat(early.status()).isEqualTo(303);
        assertThat(visitor.get("/receipt?error").body()).contains(WRONG);
    }

    @Test
    @DisplayName("until it is signed the page says how much is done and by when the rest will be")
    void untilItIsSignedThePageSaysHowMuchIsDone() {
        receipts.open(request);
        plan.record(request);
        plan.dataSets(request).stream().skip(1).forEach(this::erased);
        int all = plan.dataSets(request).size();

        String page = post(receipts.number(request), receipts.secret(request));

        assertThat(page)
                .contains("处理中", "（" + (all - 1) + "/" + all + "）", "2026年12月14日", "可查询至 2029年11月23日")
                .doesNotContain("已完成");
        rows.update("update holder_request set finish_by = null");
        assertThat(post(receipts.number(request), receipts.secret(request)))
                .contains("处理中")
                .doesNotContain("最迟于");
    }

    @Test
    @DisplayName("once it is signed the page shows every outcome, its law, and the receipt itself")
    void onceItIsSignedThePageShowsEveryOutcome() {
        complete();

        String page = post(receipts.number(request), receipts.secret(request));

        assertThat(page)
                .contains("已完成", "已清除", "已匿名化", "未持有", "已去除身份信息并封存至2029年11月23日")
                .contains("《电子商务法》第三十一条", "《个人信息保护法》第四十七条", NOTICE_HASH, jws())
                .contains("2026年11月23日 10:01")
                .doesNotContain("处理中", HOLDER)
                .doesNotContain(personalData());
    }

    @ParameterizedTest
    @DisplayName("number and secret may be typed in small letters, with spaces, in wide characters or in other digits")
    @CsvSource({"lower", "spaced", "wide", "unseen", "arabic"})
    void numberAndSecretMayBeTypedOtherwise(String way) {
        receipts.open(request);
        String number = receipts.number(request);
        String secret = receipts.secret(request);

        String typedNumber = switch (way) {
            case "lower" -> number.toLowerCase(Locale.ROOT);
            case "spaced" -> " " + number.replace("-", " ") + " ";
            case "unseen" -> "\u202d" + number.replace("-", "\u00ad") + "\u202c";
            case "arabic" -> arabic(number);
            default -> wide(number);
        };
        String typedSecret = switch (way) {
            case "lower" -> secret.toLowerCase(Locale.ROOT);
            case "spaced" -> secret.replace("-", " ");
            case "unseen" -> "\ufeff" + secret;
            case "arabic" -> arabic(secret);
            default -> wide(secret);
        };

        assertThat(receipts.find(typedNumber, typedSecret)).isPresent();
    }

    @Test
    @DisplayName("a receipt is kept for three years and then deleted")
    void aReceiptIsKeptForThreeYears() {
        complete();

        assertThat(receipts.purge(Instant.parse("2029-11-23T04:00:00Z"))).isZero();
        assertThat(post(receipts.number(request), receipts.secret(request))).contains("已完成");
        String number = receipts.number(request);
        String secret = receipts.secret(request);
        assertThat(receipts.purge(Instant.parse("2029-11-24T04:00:00Z"))).isEqualTo(1);
        assertThat(post(number, secret)).contains(WRONG);
    }

    private void complete() {
        receipts.open(request);
        plan.record(request);
        plan.dataSets(request).forEach(this::erased);
        rows.update("update erasure set outcome = 'RETAINED', retained_until = '2029-11-23' where data_set = 'orders'");
        rows.update("update erasure set outcome = 'ANONYMISED' where data_set = 'wallet'");
        rows.update("update erasure set outcome = 'NOTHING_HELD' where data_set = 'favourites'");
        receipts.fulfil(request);
    }

    private void erased(String dataSet) {
        rows.update(
                "update erasure set outcome = 'ERASED', verified_at = ? where request_id = ? and data_set = ?",
                Timestamp.from(clock.instant()),
                request,
                dataSet);
    }

    private String jws() {
        return rows.texts("select jws from receipt where request_id = ?", request)
                .get(0);
    }

    private String payload() throws JoseException {
        return ((JsonWebSignature) JsonWebStructure.fromCompactSerialization(jws())).getUnverifiedPayload();
    }

    /** What the shop knows of the holder. */
    private String[] personalData() {
        return jdbc.sql("select phone, mail, nickname from account where id = ?")
                .param(HOLDER)
                .query((row, number) -> new String[] {row.getString(1), row.getString(2), row.getString(3)})
                .single();
    }

    private String post(String number, String secret) {
        Visitor.Answer answer = post(new Visitor(port), number, secret, "");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Cache-Control")).contains("no-store");
        return answer.body();
    }

    private static Visitor.Answer post(Visitor visitor, String number, String secret, String more) {
        return visitor.postForm(
                "/receipt",
                "number=" + Visitor.encoded(number) + "&secret=" + Visitor.encoded(secret) + more + "&_csrf="
                        + Visitor.encoded(visitor.formToken("/receipt")));
    }

    private static String withoutToken(String page) {
        return page.replaceAll("name=\"_csrf\" value=\"[^\"]+\"", "");
    }

    private static String arabic(String text) {
        return text.chars()
                .map(c -> Character.isDigit(c) ? c - '0' + '٠' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static String wide(String text) {
        StringBuilder wide = new StringBuilder();
        text.chars().forEach(c -> wide.append((char) (c - '!' + '！')));
        return wide.toString();
    }
}
