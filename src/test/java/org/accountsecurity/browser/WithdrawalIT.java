package org.accountsecurity.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A holder may turn back at each task; the code's is in {@link VerificationIT}. */
@ParameterizedClass(name = "{0}")
@MethodSource("org.accountsecurity.browser.Viewport#screens")
class WithdrawalIT extends BrowserTest {

    @Parameter
    Viewport viewport;

    @ParameterizedTest
    @ValueSource(strings = {"还有事项未完成", "注销须知", "最终确认"})
    @DisplayName("a deregistration is withdrawn at any task, and the account stays open")
    void aDeregistrationIsWithdrawn(String task) {
        Holder holder = holderLike(task.equals("还有事项未完成") ? "acct-10002" : "acct-10001");
        Tasklist tasklist = session(viewport);
        tasklist.login(holder);
        tasklist.start("注销账户");
        if (task.equals("最终确认")) {
            tasklist.consent("短信 " + holder.maskedPhone());
            tasklist.enterCode(holder.phone());
        }

        tasklist.at(task);
        tasklist.answer("撤回申请，保留账户");

        tasklist.says("申请已撤回");
        tasklist.isHome();
        assertThat(rows.text("select status from account where id = ?", holder.id()))
                .isEqualTo("ACTIVE");
    }

    @ParameterizedTest
    @ValueSource(strings = {"解绑须知", "输入新手机号", "确认解绑"})
    @DisplayName("a change of the phone number is withdrawn at any task, and the number stays")
    void aPhoneChangeIsWithdrawn(String task) {
        Holder holder = holderLike("acct-10004");
        String newPhone = Holder.unusedPhone();
        Tasklist tasklist = session(viewport);
        tasklist.login(holder);
        tasklist.start("解绑手机号");
        if (!task.equals("解绑须知")) {
            tasklist.accept("短信 " + holder.maskedPhone());
            tasklist.enterCode(holder.phone());
            tasklist.at("输入新手机号");
        }
        if (task.equals("确认解绑")) {
            tasklist.type("新手机号", newPhone);
            tasklist.complete();
            assertThat(tasklist.form()).containsText(newPhone.substring(7));
            tasklist.enterCode(newPhone);
        }

        tasklist.at(task);
        tasklist.answer("撤回，不更换");

        tasklist.says("更换已撤回");
        tasklist.isHome();
        assertThat(count("account", "phone", holder.phone())).isOne();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    @DisplayName("a request is withdrawn beside its task in two taps or with the keyboard, and not by one")
    void aRequestIsWithdrawnBesideItsTask(boolean keyboard) {
        Holder holder = holderLike("acct-10001");
        Tasklist tasklist = session(viewport);
        tasklist.login(holder);
        tasklist.start("注销账户");
        tasklist.at("注销须知");
        Locator withdraw = inPanel(tasklist, "撤回申请");
        assertThat(withdraw.boundingBox().height).isGreaterThanOrEqualTo(44);
        tasklist.picture("withdraw");

        press(withdraw, keyboard);
        Locator sure = inPanel(tasklist, "确定撤回");
        assertThat(sure).isFocused();
        assertThat(sure.boundingBox().height).isGreaterThanOrEqualTo(44);
        tasklist.picture("withdraw-sure");
        press(inPanel(tasklist, "不撤回"), keyboard);
        assertThat(withdraw).isFocused();
        assertThat(sure).hasCount(0);
        press(withdraw, keyboard);
        press(sure, keyboard);

        tasklist.says("申请已撤回");
        tasklist.isHome();
        tasklist.picture("withdrawn");
        assertThat(rows.text("select outcome from holder_request where account_id = ?", holder.id()))
                .isEqualTo("WITHDRAWN");
    }

    private static Locator inPanel(Tasklist tasklist, String button) {
        return tasklist.standing()
                .getByRole(
                        AriaRole.BUTTON,
                        new Locator.GetByRoleOptions().setName(button).setExact(true));
    }

    private static void press(Locator button, boolean keyboard) {
        if (keyboard) {
            button.focus();
            button.press("Enter");
        } else {
            button.click();
        }
    }
}
