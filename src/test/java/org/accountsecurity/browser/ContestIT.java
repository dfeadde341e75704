package org.accountsecurity.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.List;
import org.accountsecurity.testing.Journey;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;

/** The notices of a deregistration, and whoever says that it was somebody else. */
@ParameterizedClass(name = "{0}")
@MethodSource("org.accountsecurity.browser.Viewport#screens")
class ContestIT extends BrowserTest {

    @Parameter
    Viewport viewport;

    @Autowired
    Journey journey;

    @Test
    @DisplayName("whoever has the phone stops what somebody else asked for, and is told at the next login what to do")
    void whoeverHasThePhoneStopsIt() {
        Holder holder = holderLike("acct-10001");
        Tasklist hijacker = session(viewport);
        hijacker.watcher().expect(401);
        hijacker.login(holder);
        hijacker.start("注销账户");
        hijacker.at("注销须知");

        Tasklist reader = session(viewport);
        reader.visit(notice(holder.phone(), "申请了注销"));
        fits(reader);
        reader.picture("not-me-ask");
        press(reader, "不是我操作，立即终止");
        assertThat(reader.page().getByRole(AriaRole.STATUS)).containsText("已终止");
        fits(reader);
        reader.picture("not-me-stopped");

        assertThat(hijacker.page().getByLabel("手机号或邮箱")).isVisible();
        reader.visit("/");
        reader.enter(holder.phone(), Holder.PASSWORD);
        reader.says("账户暂停办理");
        reader.says("联系客服");
        assertThat(reader.home()).hasCount(0);
        reader.picture("restricted");
        assertThat(count("account", "id", holder.id())).isOne();

        reader.visit(notice(holder.mail(), "申请了注销"));
        assertThat(reader.page().getByRole(AriaRole.ALERT)).containsText("此链接已使用或已失效");
        fits(reader);
        reader.picture("not-me-over");
    }

    @Test
    @DisplayName("once the account is closing the page says that it comes too late, and that somebody looks into it")
    void onceTheAccountIsClosingItIsTooLate() {
        Holder holder = holderLike("acct-10001");
        Tasklist tasklist = session(viewport);
        tasklist.login(holder);
        tasklist.start("注销账户");
        tasklist.consent("短信 " + holder.maskedPhone());
        tasklist.enterCode(holder.phone());
        tasklist.at("最终确认");
        tasklist.answer("确认注销");
        tasklist.at("注销成功");

        Tasklist reader = session(viewport);
        reader.visit(notice(holder.mail(), "注销"));
        fits(reader);
        reader.picture("not-me-ask-late");
        press(reader, "不是我操作，请客服核实");
        assertThat(reader.page().getByRole(AriaRole.STATUS)).containsText("已立案");
        fits(reader);
        reader.picture("not-me-late");
    }

    private static void press(Tasklist reader, String button) {
        reader.page()
                .getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(button))
                .click();
    }

    /** Nothing sticks out, and the page can be read. */
    private static void fits(Tasklist reader) {
        Locator wide = reader.page().locator("main");
        assertThat(wide).isVisible();
        List<?> cut = (List<?>) reader.page()
                .evaluate("() => [...document.querySelectorAll('main *')].filter((element) => {"
                        + " const { left, right } = element.getBoundingClientRect();"
                        + " return left < -1 || right > innerWidth + 1; }).map((element) => element.tagName)");
        assertThat(cut).isEmpty();
    }

    /** The path of the link in a notice, once it is there. */
    private String notice(String address, String about) {
        Awaitility.await("a notice")
                .until(() -> rows.number(
                                "select count(*) from inbox_message where recipient = ? and text like ?",
                                address,
                                "%" + about + "%不是我操作%")
                        > 0);
        return journey.notMe(address);
    }
}
