package org.accountsecurity.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Route;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.accountsecurity.testing.Journey;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** What may happen to a code. */
@ParameterizedClass(name = "{0}")
@MethodSource("org.accountsecurity.browser.Viewport#screens")
class VerificationIT extends BrowserTest {

    @Parameter
    Viewport viewport;

    private static final Duration LIFE = Duration.ofMinutes(5);
    private static final Duration WAIT = Duration.ofMinutes(1);

    private Holder holder;
    private Tasklist tasklist;

    @BeforeEach
    void askForACode() {
        holder = holderLike("acct-10001");
        tasklist = session(viewport);
        tasklist.page().clock().install();
        tasklist.login(holder);
        tasklist.start("注销账户");
        tasklist.consent("短信 " + holder.maskedPhone());
        tasklist.at("输入验证码");
    }

    @Test
    @DisplayName("a wrong code is refused with the tries that are left, the right one is accepted then")
    void aWrongCodeIsRefused() {
        String code = tasklist.code(holder.phone());
        tasklist.type("6 位验证码", Journey.wrong(code));
        tasklist.complete();
        assertThat(tasklist.form()).containsText("验证码不正确，还可尝试 4 次。");
        tasklist.pictures("wrong-code");

        tasklist.type("6 位验证码", code);
        tasklist.complete();

        tasklist.at("最终确认");
        assertThat(sends()).isOne();
    }

    @Test
    @DisplayName("a code is taken however it is typed or pasted")
    void aCodeIsTakenHoweverItIsTyped() {
        String code = tasklist.code(holder.phone());
        Locator field = tasklist.form().getByLabel("6 位验证码");
        String spaced = code.substring(0, 3) + " " + code.substring(3);
        String wide = code.chars()
                .mapToObj(digit -> Character.toString(digit - '0' + '０'))
                .collect(Collectors.joining());

        for (String typed : List.of("\u202d" + code + "\u202c", spaced, wide, code.replace("", "\u200b"))) {
            tasklist.type("6 位验证码", typed);
            assertThat(field).hasValue(code);
            assertThat(tasklist.submitButton()).isEnabled();
            tasklist.type("6 位验证码", "");
        }
        for (String pasted : List.of(spaced, wide, "\u202d" + code + "\u202c", "验证码 " + code + "（编号 A1），5 分钟内有效。")) {
            field.fill("");
            paste(field, pasted);
            assertThat(field).hasValue(code);
        }
        field.blur();
        tasklist.complete();

        tasklist.at("最终确认");
    }

    private static void paste(Locator field, String text) {
        field.focus();
        field.evaluate(
                "(input, text) => { const data = new DataTransfer(); data.setData('text', text); input.dispatchEvent("
                        + "new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true })); }",
                text);
    }

    @Test
    @DisplayName("the fifth wrong code ends the request with a reason, and the account stays as it is")
    void theFifthWrongCodeEndsTheRequest() {
        String code = tasklist.code(holder.phone());
        for (int left = 4; left >= 0; left--) {
            tasklist.type("6 位验证码", Journey.wrong(code));
            tasklist.complete();
            if (left > 0) {
                assertThat(tasklist.form()).containsText("还可尝试 " + left + " 次。");
            }
        }

        tasklist.at("暂时无法完成验证");
        assertThat(tasklist.form()).containsText("验证码已输错 5 次，本次申请已停止。");
        tasklist.complete();
        tasklist.says("身份未验证");
        tasklist.isHome();
        assertThat(count("account", "phone", holder.phone())).isOne();
    }

    @Test
    @DisplayName("a code is sent again once the wait is over, not before, and only the new one counts")
    void aCodeIsSentAgain() {
        String first = tasklist.code(holder.phone());
        tasklist.answer("重新发送");
        assertThat(tasklist.form()).containsText("之后再重新发送，已发送的验证码仍然有效。");
        assertThat(sends()).isOne();

        forward(WAIT);
        tasklist.answer("重新发送");
        assertThat(tasklist.form()).not().containsText("已发送的验证码仍然有效");
        String second = tasklist.code(holder.phone());
        assertThat(sends()).isEqualTo(2);

        tasklist.type("6 位验证码", first);
        tasklist.complete();
        assertThat(tasklist.form()).containsText("这是较早发送的验证码");
        tasklist.type("6 位验证码", second);
        tasklist.complete();
        tasklist.at("最终确认");
    }

    @Test
    @DisplayName("an answer about the task before, which comes late, leaves the next one's button alive")
    void aLateAnswerAboutTheTaskBefore() {
        // it is gone by then
        tasklist.watcher().expect(404);
        String code = tasklist.code(holder.phone());
        List<Route> held = tasklist.holdChecks();
        forward(Tasklist.REFRESH);
        tasklist.page().waitForCondition(() -> !held.isEmpty());

        tasklist.type("6 位验证码", Journey.wrong(code));
        tasklist.complete();
        assertThat(tasklist.form()).containsText("验证码不正确，还可尝试 4 次。");
        tasklist.form().evaluate("form => form.dataset.dead = ''");
        held.forEach(Route::resume);

        assertThat(tasklist.page().locator("[data-dead]")).hasCount(0);
        tasklist.enterCode(holder.phone());
        tasklist.at("最终确认");
    }

    @Test
    @DisplayName("the other channel gets a code of its own, at an address that is masked")
    void theOtherChannelGetsACode() {
        tasklist.answer("换一种方式接收");

        assertThat(tasklist.form()).containsText("@example.com");
        assertThat(tasklist.form()).not().containsText(holder.mail());
        tasklist.enterCode(holder.mail());
        tasklist.at("最终确认");
        assertThat(sends()).isEqualTo(2);
    }

    @Test
    @DisplayName("what the gateway says of the message is read in the form and above it, without a reload")
    void whatTheGatewaySaysIsRead() {
        tasklist.code(holder.phone());
        Locator panel = tasklist.page().locator(".own-requests-delivery");
        assertThat(panel).containsText("短信已发出，请留意查收。");
        assertThat(tasklist.form()).containsText("短信已发出，请留意查收。");

        rows.update(
                "insert into message_receipt (message_key, delivery, received_at) select c.id, 'UNDELIVERED',"
                        + " c.issued_at from verification_code c join verification v on v.id = c.verification_id"
                        + " where v.account_id = ?",
                holder.id());

        assertThat(panel).containsText("短信未送达。可换邮箱接收：请选择“换一种方式接收”。");
        assertThat(tasklist.form()).containsText("短信未送达。可换邮箱接收");
    }

    @Test
    @DisplayName("who gives up is told so and may start again")
    void whoGivesUpMayStartAgain() {
        tasklist.answer("放弃");

        tasklist.says("申请已撤回");
        tasklist.isHome();
        assertThat(count("account", "phone", holder.phone())).isOne();
    }

    @Test
    @DisplayName(
            "a code that has expired makes way by itself for the offer of a new one, with which the holder goes on")
    void anExpiredCodeIsRenewed() {
        tasklist.code(holder.phone());
        tasklist.holdChecks();
        forward(LIFE);

        tasklist.at("验证码已过期");
        tasklist.tick("重新获取验证码");
        tasklist.pictures("renew-code");
        tasklist.complete();

        tasklist.enterCode(holder.phone());
        tasklist.at("最终确认");
        assertThat(sends()).isEqualTo(2);
    }

    @Test
    @DisplayName("a code that has expired while it was typed is refused in Chinese, and can be given up")
    void anExpiredCodeIsRefused() {
        String code = tasklist.code(holder.phone());
        tasklist.type("6 位验证码", code);
        // by then the timer may have been first
        tasklist.watcher().expect(404, 409);
        tasklist.lookAway();
        clock.forward(LIFE);
        tasklist.answered(tasklist::submit);
        tasklist.lookAgain();

        tasklist.at("验证码已过期");
        tasklist.answer("放弃");
        tasklist.says("申请已撤回");
        assertThat(sends()).isOne();
    }

    /** For the server and the browser. */
    private void forward(Duration duration) {
        clock.forward(duration);
        tasklist.page().clock().fastForward(duration.toMillis());
    }

    private long sends() {
        return count("code_send", "account_id", holder.id());
    }
}
