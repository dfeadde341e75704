package org.accountsecurity.contest;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.accountsecurity.testing.JourneyTest;
import org.accountsecurity.testing.Snapshot;
import org.accountsecurity.testing.Visitor;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The page behind the link, for its reader and for whoever has no business there. */
class ContestPageTest extends JourneyTest {

    private static final String HOLDER = "acct-10001";
    private static final String PHONE = "13800138001";
    private static final String NO_TOKEN = "/not-me/AAAAAAAAAAAAAAAAAAAAAA";

    private ProcessInstance request;
    private String link;
    private Visitor visitor;

    @BeforeEach
    void aNotice() {
        request = journey.start("account-deregistration", HOLDER);
        journey.tellRequested(request);
        link = journey.notMe(PHONE);
        visitor = new Visitor(port);
    }

    @Test
    @DisplayName("the page says what the button does, and pressing it does that without a login")
    void pressingTheButton() {
        assertThat(visitor.get(link).body()).contains("注销账户", "终止这项申请", "退出登录", "不是我操作，立即终止");

        Visitor.Answer answer = press(link);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).contains("已终止", "修改登录密码", "联系客服", "YY-").doesNotContain("<form");
        assertThat(journey.running(request)).isFalse();
    }

    @Test
    @DisplayName("after the point of no return the page says so before and after, and only opens the case")
    void afterThePointOfNoReturnThePageSaysSo() {
        close();

        assertThat(visitor.get(link).body()).contains("已经生效，不能撤销").doesNotContain("立即终止");
        assertThat(press(link).body()).contains("已立案", "不能撤销", "YY-").doesNotContain("已终止");
        assertThat(journey.running(request)).isTrue();
    }

    @Test
    @DisplayName("after a phone change the page says that it restricts the account, and that the number stays changed")
    void afterAPhoneChangeThePageRestricts() {
        journey.changed("acct-10004", "SMS", "13800138004", "13900139004");
        String old = journey.notMe("13800138004");

        assertThat(visitor.get(old).body())
                .contains("更换手机号", "不能改回原手机号", "退出登录", "暂停办理注销和更换手机号", "立即限制账户")
                .doesNotContain("不能撤销");
        assertThat(press(old).body()).contains("已限制", "没有改回", "联系客服", "YY-").doesNotContain("<form", "已立案");
    }

    @Test
    @DisplayName("a page that was opened before the point of no return and used after it tells the truth")
    void aPageThatWasOpenedBefore() {
        String token = visitor.formToken(link);
        close();

        assertThat(visitor.postForm(link, "_csrf=" + Visitor.encoded(token)).body())
                .contains("已立案", "不能撤销");
    }

    @Test
    @DisplayName("reading the page, however often, changes nothing")
    void readingChangesNothing() {
        visitor.get(link);
        Snapshot before = Snapshot.of(jdbc);

        for (int i = 0; i < 5; i++) {
            assertThat(new Visitor(port).get(link).status()).isEqualTo(200);
        }

        assertThat(Snapshot.of(jdbc).changedSince(before)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"HEAD", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"})
    @DisplayName("no other method reaches the page")
    void noOtherMethodReachesThePage(String method) {
        visitor.get(link);
        Snapshot before = Snapshot.of(jdbc);

        assertThat(visitor.send(method, link, Map.of()).status()).isNotEqualTo(200);

        assertThat(Snapshot.of(jdbc).changedSince(before)).isEmpty();
    }

    @Test
    @DisplayName("nothing is accepted without the token of the page's form")
    void nothingIsAcceptedWithoutTheFormsToken() {
        visitor.get(link);

        for (String form : List.of("", "_csrf=guessed")) {
            assertThat(visitor.postForm(link, form).location()).endsWith(link + "?again");
        }
        assertThat(visitor.get(link + "?again").body()).contains("页面已过期", "不是我操作，立即终止");
        assertThat(journey.running(request)).isTrue();
    }

    @Test
    @DisplayName("a replay does nothing, and reads like a link that there never was or that has expired")
    void unknownUsedAndExpiredReadTheSame() {
        press(link);
        Visitor.Answer used = visitor.get(link);
        Visitor.Answer usedAgain = press(link);
        clock.forward(Duration.ofDays(31));
        Visitor.Answer expired = visitor.get(journey.notMe("demo-10001@example.com"));
        Visitor.Answer unknown = visitor.get(NO_TOKEN);

        assertThat(List.of(used, usedAgain, expired, unknown)).allSatisfy(answer -> {
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.body()).isEqualTo(unknown.body()).contains("此链接已使用或已失效", "联系客服");
        });
        assertThat(jdbc.sql("select count(*) from contest").query(Long.class).single())
                .isOne();
    }

    @Test
    @DisplayName("a token is guessed neither from others nor by its shape: hundreds of tries change nothing")
    void guessing() {
        String token = visitor.formToken("/login");
        List<String> guesses = new ArrayList<>(List.of(
                link.substring(0, link.length() - 1),
                link + "A",
                link.toLowerCase(Locale.ROOT),
                "/not-me/" + request.getId(),
                "/not-me/%25",
                "/not-me/' or '1'='1".replace(" ", "%20")));
        IntStream.range(0, 300)
                .mapToObj(i -> "/not-me/" + "A".repeat(18) + (1000 + i))
                .forEach(guesses::add);
        String unknown = visitor.get(NO_TOKEN).body();
        Snapshot before = Snapshot.of(jdbc);

        for (String guess : guesses) {
            Visitor.Answer answer = visitor.postForm(guess, "_csrf=" + Visitor.encoded(token));
            assertThat(answer.status() == 400 || answer.body().equals(unknown))
                    .as(guess)
                    .isTrue();
        }

        assertThat(Snapshot.of(jdbc).changedSince(before)).isEmpty();
        assertThat(visitor.get(link).body()).contains("立即终止");
    }

    @Test
    @DisplayName(
            "a token that is right but used takes as long as one that there never was, within what differs by chance")
    void usedAndUnknownTakeTheSameTime() {
        press(link);
        for (int i = 0; i < 50; i++) {
            visitor.get(link);
            visitor.get(NO_TOKEN);
        }
        List<Long> used = new ArrayList<>();
        List<Long> unknown = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            used.add(time(link));
            unknown.add(time(NO_TOKEN));
        }

        assertThat(median(used)).isBetween(median(unknown) / 3, median(unknown) * 3);
    }

    @Test
    @DisplayName("the page is not stored, tells no other site of its address, and shows nothing of the account")
    void thePageIsPrivate() {
        Visitor.Answer page = visitor.get(link);

        assertThat(page.header("Cache-Control")).contains("no-store");
        assertThat(page.header("Referrer-Policy")).isEqualTo("no-referrer");
        assertThat(page.body()).doesNotContain(HOLDER, "13800138001", "138****8001", "demo-10001");
    }

    private long time(String path) {
        long start = System.nanoTime();
        visitor.get(path);
        return System.nanoTime() - start;
    }

    private static long median(List<Long> times) {
        Collections.sort(times);
        return times.get(times.size() / 2);
    }

    private Visitor.Answer press(String page) {
        String token = visitor.formToken("/login");
        return visitor.postForm(page, "_csrf=" + Visitor.encoded(token));
    }

    private void close() {
        journey.submit(request, "UserTask_ReadNotice", "choice", "CONTINUE", "consent", true, "channel", "SMS");
        journey.verify(request, PHONE);
        journey.submit(request, "UserTask_ConfirmDeregistration", "choice", "CONFIRM");
    }
}
