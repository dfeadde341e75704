package org.accountsecurity.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Both processes from the login to their ends, on a phone and at a desk, with a picture of each screen. */
class TasklistIT extends BrowserTest {

    /** After these walks the list of what holders may call is not too long; that it is not too short every test sees. */
    @AfterAll
    static void nothingMoreIsAllowed() {
        assertThat(RECORDING.unused()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = Viewport.class,
            names = {"PHONE", "DESK"})
    @DisplayName("a holder deregisters, from the login to 注销成功, looks up the receipt, and can't log in again")
    void aHolderDeregisters(Viewport viewport) {
        Holder holder = holderLike("acct-10001");
        Tasklist tasklist = session(viewport);
        tasklist.visit("/");
        tasklist.picture("login");
        tasklist.login(holder);
        tasklist.picture("home");
        tasklist.choose("注销账户");
        tasklist.picture("request-deregistration");
        tasklist.page()
                .getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("关闭"))
                .click();
        tasklist.start("注销账户");

        tasklist.at("注销须知");
        tasklist.tick("同意，继续注销");
        tasklist.tick("我已阅读并同意以上注销须知");
        tasklist.tick("短信 " + holder.maskedPhone());
        tasklist.picture("read-deregistration-notice");
        assertThat(tasklist.download("下载我的数据备份")).isEqualTo("account-data.zip");
        tasklist.complete();

        tasklist.at("输入验证码");
        tasklist.type("6 位验证码", tasklist.code(holder.phone()));
        tasklist.picture("enter-code");
        tasklist.complete();

        tasklist.at("最终确认");
        tasklist.tick("确认注销");
        tasklist.picture("confirm-deregistration");
        tasklist.complete();

        tasklist.at("注销成功");
        assertThat(tasklist.form()).containsText("您的账户已注销");
        tasklist.picture("deregistered");
        String number = tasklist.shown("编号");
        String secret = tasklist.shown("查询密码");
        // what Tasklist still asks for while its session ends
        tasklist.watcher().expect(401);
        tasklist.complete();

        assertThat(tasklist.page().getByLabel("手机号或邮箱")).isVisible();
        tasklist.visit("/receipt");
        tasklist.page().getByLabel("凭证编号").fill(number);
        tasklist.page().getByLabel("查询密码").fill(secret);
        tasklist.page()
                .getByText("查询", new Page.GetByTextOptions().setExact(true))
                .click();
        assertThat(tasklist.page().locator("main")).containsText("已清除");
        tasklist.picture("receipt");
        tasklist.login(holder.phone(), Holder.PASSWORD);
        assertThat(tasklist.page().locator(".refusal")).containsText("账号或密码不正确");
        assertThat(count("account", "phone", holder.phone())).isZero();
    }

    @ParameterizedTest
    @MethodSource("org.accountsecurity.browser.Viewport#screens")
    @DisplayName("a holder moves to a new number, not to one that is taken, and only the new one logs in")
    void aHolderMovesToANewNumber(Viewport viewport) {
        Holder holder = holderLike("acct-10004");
        String newPhone = Holder.unusedPhone();
        Tasklist tasklist = session(viewport);
        tasklist.login(holder);
        tasklist.choose("解绑手机号");
        tasklist.picture("request-phone-change");
        tasklist.answered(() -> tasklist.startButton().click());

        tasklist.at("解绑须知");
        tasklist.tick("知道了，继续");
        tasklist.tick("短信 " + holder.maskedPhone());
        tasklist.picture("read-unbinding-notice");
        tasklist.complete();

        tasklist.enterCode(holder.phone());

        tasklist.at("输入新手机号");
        tasklist.picture("enter-new-phone");
        tasklist.type("新手机号", "13800138005");
        tasklist.complete();
        assertThat(tasklist.form()).containsText("该号码暂不能绑定");
        tasklist.picture("number-not-usable");
        tasklist.type("新手机号", "\u202d" + newPhone.substring(0, 3) + "\u2011" + newPhone.substring(3) + "\u202c");
        tasklist.complete();

        tasklist.at("输入验证码");
        assertThat(tasklist.form()).containsText(newPhone.substring(7));
        tasklist.enterCode(newPhone);

        tasklist.at("确认解绑");
        tasklist.tick("确认更换");
        tasklist.picture("confirm-unbinding");
        tasklist.complete();

        tasklist.at("解绑成功");
        tasklist.picture("unbound");
        tasklist.complete();
        tasklist.isHome();
        tasklist.says("手机号已更换");
        tasklist.picture("home-after-unbinding");

        Tasklist afterwards = session(viewport);
        afterwards.login(holder.phone(), Holder.PASSWORD);
        assertThat(afterwards.page().locator(".refusal")).isVisible();
        afterwards.enter(newPhone, Holder.PASSWORD);
        afterwards.isHome();
        assertThat(count("account", "phone", newPhone)).isOne();
    }

    @ParameterizedTest
    @MethodSource("org.accountsecurity.browser.Viewport#screens")
    @DisplayName("a holder sees the open items, has settled what we can settle, settles the rest, and goes on")
    void aHolderSettlesTheOpenItems(Viewport viewport) {
        Holder holder = holderLike("acct-10002");
        Tasklist tasklist = session(viewport);
        tasklist.login(holder);
        tasklist.start("注销账户");

        tasklist.at("还有事项未完成");
        for (String expected : List.of("¥39.90", "¥128.00", "¥12.50", "省钱月卡", "微信", "QQ")) {
            assertThat(tasklist.form()).containsText(expected);
        }
        tasklist.picture("resolve-open-items");

        tasklist.tick("代我办理勾选的事项");
        for (String settled : List.of("订阅：省钱月卡", "第三方登录：微信", "第三方登录：QQ")) {
            tasklist.tick(settled);
        }
        tasklist.picture("settle-open-items");
        tasklist.complete();
        assertThat(tasklist.form()).containsText("已重新检查，还有 3 项未完成。");
        for (String gone : List.of("省钱月卡", "微信", "QQ")) {
            assertThat(tasklist.form()).not().containsText(gone);
        }
        assertThat(count("linked_login", "account_id", holder.id())).isZero();

        rows.update(
                "update shop_order set status = 'COMPLETED', completed_at = placed_at where account_id = ?",
                holder.id());
        tasklist.tick("我已处理，重新检查");
        tasklist.complete();
        assertThat(tasklist.form()).containsText("已重新检查，还有 1 项未完成。");
        rows.update("update wallet set balance_fen = 0 where account_id = ?", holder.id());
        tasklist.tick("我已处理，重新检查");
        tasklist.complete();

        tasklist.at("注销须知");
        tasklist.logout();
    }

    @Test
    @DisplayName(
            "while data is being erased the holder is told that there is nothing to do, and led on when it is over")
    void whileDataIsBeingErasedThereIsNothingToDo() {
        Holder holder = holderLike("acct-10001");
        Tasklist tasklist = session(Viewport.PHONE);
        tasklist.login(holder);
        tasklist.start("注销账户");
        tasklist.consent("短信 " + holder.maskedPhone());
        tasklist.enterCode(holder.phone());
        tasklist.at("最终确认");
        rows.update("create table favourite_copy (favourite_id varchar(36) references favourite (id))");
        rows.update("insert into favourite_copy select min(id) from favourite where account_id = ?", holder.id());
        try {
            tasklist.answer("确认注销");
            assertThat(tasklist.standing()).containsText("正在处理：清除个人数据。");
            tasklist.pictures("erasing");
        } finally {
            rows.update("drop table favourite_copy");
        }

        clock.forward(Duration.ofMinutes(2));
        tasklist.at("注销成功");
    }

    @Test
    @DisplayName("what is typed into a form and left there is kept nowhere in the browser")
    void whatIsTypedIsKeptNowhere() {
        Holder holder = holderLike("acct-10005");
        Tasklist tasklist = session(Viewport.DESK);
        tasklist.login(holder);
        tasklist.start("解绑手机号");
        tasklist.at("解绑须知");
        tasklist.tick("知道了，继续");
        tasklist.tick("短信 " + holder.maskedPhone());
        tasklist.complete();
        tasklist.at("输入验证码");
        tasklist.type("6 位验证码", "135791");
        assertThat(tasklist.stored()).doesNotContain("135791");

        tasklist.page().reload();
        tasklist.at("输入验证码");

        assertThat(tasklist.stored()).doesNotContain("135791", "camForm", "camunda-form");
        tasklist.logout();
        assertThat(tasklist.stored()).doesNotContain("135791", holder.phone(), Holder.PASSWORD);
    }

    @Test
    @DisplayName("every browser that does not ask for English shows Chinese, down to what is wrong in a form")
    void theBrowserDecidesTheLanguage() {
        Holder holder = holderLike("acct-10003");
        Tasklist tasklist = session(Viewport.DESK);
        tasklist.login(holder);
        tasklist.start("解绑手机号");
        tasklist.at("解绑须知");

        for (String language : List.of("zh-CN", "zh-Hant-TW", "fr-FR")) {
            shows(holder, language);
        }
    }

    private void shows(Holder holder, String language) {
        Page page = chromium.session(1280, 800, language).newPage();
        Tasklist shown = new Tasklist(page, null, port, rows);
        shown.login(holder.phone(), Holder.PASSWORD);
        shown.at("解绑须知");

        shown.submit();

        assertThat(shown.submitButton()).hasText(Pattern.compile("提交"));
        assertThat(page.locator(".fjs-form-field-error").first()).hasText("请填写或选择这一项。");
        page.context().close();
    }
}
