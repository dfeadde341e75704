package org.accountsecurity.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Route;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A browser that can't do it is told so, and never shows a wheel that turns for ever. */
class OldBrowserIT extends BrowserTest {

    private static final String TOO_OLD = "浏览器版本过低，无法在这里办理。请升级浏览器，或换一台手机、电脑再登录。";

    private BrowserContext session;
    private Tasklist tasklist;

    @BeforeEach
    void openSession() {
        session = chromium.session(Viewport.PHONE.width, Viewport.PHONE.height, "zh-CN");
        tasklist = new Tasklist(session.newPage(), null, port, rows);
    }

    @AfterEach
    void closeSession() {
        session.close();
    }

    @Test
    @DisplayName("a browser that is too old is told so before the login, in place of it")
    void aBrowserThatIsTooOldIsToldSo() {
        tasklist.visit("/login");
        assertThat(tasklist.page().getByText(TOO_OLD)).isHidden();

        session.addInitScript("delete window.WeakRef");
        tasklist.visit("/login");

        assertThat(tasklist.page().getByText(TOO_OLD)).isVisible();
        assertThat(tasklist.page().locator("form")).isHidden();
    }

    @Test
    @DisplayName("where Tasklist does not begin, the wheel is not all: what to do is said below it, after a while")
    void whereTasklistDoesNotBegin() {
        session.route(
                "**/scripts/holder.js*",
                route -> route.fulfill(new Route.FulfillOptions()
                        .setContentType("text/javascript")
                        .setBody("export const code = /(?<a/;")));
        tasklist.login(holderLike("acct-10001").phone(), Holder.PASSWORD);
        Locator wheel = tasklist.page().locator(".app-splash > div");
        assertThat(wheel).isVisible();
        assertThat(style(wheel, "visibility")).isEqualTo("hidden");

        tasklist.page()
                .evaluate(
                        "() => document.getAnimations().find(({ animationName }) => animationName === 'app-splash-said').finish()");

        assertThat(style(wheel, "visibility")).isEqualTo("visible");
        assertThat(style(wheel, "content")).contains("请刷新页面", "请升级浏览器");
    }

    /** Of what is said below the wheel. */
    private static String style(Locator wheel, String property) {
        return (String) wheel.evaluate("(wheel, property) => getComputedStyle(wheel, '::after')[property]", property);
    }
}
