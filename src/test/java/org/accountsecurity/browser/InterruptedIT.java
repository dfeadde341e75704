package org.accountsecurity.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What happens to browsers: nothing is lost by it, nothing is done twice, and nothing is said in English. */
@ParameterizedClass(name = "{0}")
@MethodSource("org.accountsecurity.browser.Viewport#screens")
class InterruptedIT extends BrowserTest {

    @Parameter
    Viewport viewport;

    private Holder holder;
    private Tasklist tasklist;

    @BeforeEach
    void login() {
        holder = holderLike("acct-10001");
        tasklist = session(viewport);
        tasklist.login(holder);
    }

    @Test
    @DisplayName("the back button leads to the task that is open now, not to one that is done")
    void theBackButtonLeadsToTheOpenTask() {
        // Tasklist asks for the task that is done
        tasklist.watcher().expect(404);
        tasklist.start("注销账户");
        tasklist.consent("短信 " + holder.maskedPhone());
        tasklist.enterCode(holder.phone());
        tasklist.at("最终确认");

        tasklist.page().goBack();
        tasklist.at("最终确认");
        tasklist.page().goBack();
        tasklist.at("最终确认");

        tasklist.answer("撤回申请，保留账户");
        tasklist.says("申请已撤回");
        assertThat(sends()).isOne();
    }

    @Test
    @DisplayName("a reload leads back to the task, and sends nothing again")
    void aReloadLeadsBack() {
        tasklist.start("注销账户");
        tasklist.at("注销须知");
        tasklist.page().reload();
        tasklist.consent("短信 " + holder.maskedPhone());
        tasklist.at("输入验证码");
        tasklist.page().reload();

        tasklist.enterCode(holder.phone());
        tasklist.at("最终确认");
        assertThat(sends()).isOne();
        assertThat(requests()).isOne();
    }

    @Test
    @DisplayName("a task that another tab has done is refused in Chinese, and the next one opens in both")
    void twoTabsOnOneTask() {
        tasklist.watcher().expect(404, 409);
        tasklist.start("注销账户");
        tasklist.at("注销须知");
        Tasklist other = tasklist.tab().at("注销须知");
        tasklist.tick("同意，继续注销");
        tasklist.tick("我已阅读并同意以上注销须知");
        tasklist.tick("短信 " + holder.maskedPhone());
        tasklist.lookAway();
        other.consent("短信 " + holder.maskedPhone());

        assertThat(tasklist.answered(tasklist::submit).status()).isBetween(400, 499);

        tasklist.lookAgain();
        tasklist.at("输入验证码");
        other.at("输入验证码");
        assertThat(movedOn(tasklist)).hasCount(0);
        assertThat(sends()).isOne();
        assertThat(requests()).isOne();
    }

    @ParameterizedTest
    @ValueSource(strings = {"the page", "Tasklist"})
    @DisplayName("a tab whose task is done in another goes on by itself as soon as it is noticed, and says so")
    void aTabGoesOnAndSaysSo(String notices) {
        Page page = tasklist.page();
        page.clock().install();
        page.reload();
        fillInTheNotice();
        Tasklist other = tasklist.tab().at("注销须知");
        page.waitForResponse("**/own-requests", tasklist::look);
        tasklist.lookAway();
        other.consent("短信 " + holder.maskedPhone());
        other.at("输入验证码");

        if (notices.equals("Tasklist")) {
            tasklist.noticeThatTheTaskIsGone();
            tasklist.lookAgain();
        } else {
            tasklist.lookAgain();
            tasklist.look();
        }

        tasklist.at("输入验证码");
        assertThat(movedOn(tasklist)).hasText("上一步已在别处完成，您在这里填的没有提交。下面是最新进度。");
        assertThat(movedOn(tasklist)).isInViewport();
        assertThat(page.getByRole(AriaRole.STATUS)).containsText("上一步已在别处完成");
        assertThat(movedOn(other)).hasCount(0);
        tasklist.picture("moved-on");
        tasklist.enterCode(holder.phone());
        tasklist.at("最终确认");
        assertThat(movedOn(tasklist)).hasCount(0);
    }

    private static Locator movedOn(Tasklist tasklist) {
        return tasklist.page().locator(".own-requests-moved-on");
    }

    @Test
    @DisplayName("two tabs that start the same process make one request")
    void twoTabsStart() {
        Tasklist other = tasklist.tab();
        other.isHome();
        tasklist.choose("注销账户");
        other.choose("注销账户");
        tasklist.answered(() -> tasklist.startButton().click());
        other.answered(() -> other.startButton().click());

        tasklist.at("注销须知");
        other.at("注销须知");
        assertThat(rows.number(
                        "select count(*) from holder_request where account_id = ? and open_for is not null",
                        holder.id()))
                .isOne();
    }

    @Test
    @DisplayName("when the session has expired the next click leads to the login, and the login back to the task")
    void theSessionExpires() {
        fillInTheNotice();
        tasklist.lookAway();
        rows.update("delete from spring_session");

        tasklist.submit();

        assertThat(tasklist.page().getByLabel("手机号或邮箱")).isVisible();
        tasklist.lookAgain();
        loginLeadsBack();
    }

    @Test
    @DisplayName(
            "a page whose session has expired goes to the login by itself and once, whatever notices it, and the login leads back")
    void thePageNoticesThatTheSessionHasExpired() {
        fillInTheNotice();
        List<String> asked = new ArrayList<>();
        tasklist.page().onRequest(request -> asked.add(request.url()));
        tasklist.page().route("**/login?left", InterruptedIT::later);
        rows.update("delete from spring_session");

        tasklist.page()
                .evaluate("() => { [0, 300].forEach((wait) =>"
                        + " setTimeout(() => document.dispatchEvent(new Event('visibilitychange')), wait));"
                        + " setTimeout(() => { location.hash = '#/login'; }, 800); }");

        assertThat(tasklist.page().getByLabel("手机号或邮箱")).isVisible();
        assertThat(asked.stream().filter(url -> url.contains("/login"))).hasSize(1);
        loginLeadsBack();
    }

    private void fillInTheNotice() {
        tasklist.watcher().expect(401);
        tasklist.start("注销账户");
        tasklist.at("注销须知");
        tasklist.tick("同意，继续注销");
        tasklist.tick("我已阅读并同意以上注销须知");
        tasklist.tick("短信 " + holder.maskedPhone());
    }

    private void loginLeadsBack() {
        tasklist.enter(holder.phone(), Holder.PASSWORD);
        tasklist.at("注销须知");
        assertThat(sends()).isZero();
        assertThat(requests()).isOne();
    }

    @Test
    @DisplayName("on a slow network an impatient holder can't submit twice")
    void aSlowNetwork() {
        tasklist.start("注销账户");
        tasklist.at("注销须知");
        tasklist.tick("同意，继续注销");
        tasklist.tick("我已阅读并同意以上注销须知");
        tasklist.tick("短信 " + holder.maskedPhone());
        slowDown(tasklist.page());

        tasklist.answered(() -> {
            tasklist.submitButton().click();
            tasklist.submitButton().dispatchEvent("click");
        });

        tasklist.at("输入验证码");
        assertThat(sends()).isOne();
    }

    @Test
    @DisplayName("without a network the holder is told so, and goes on when it is back")
    void theNetworkIsGone() {
        tasklist.start("注销账户");
        tasklist.at("注销须知");
        tasklist.tick("同意，继续注销");
        tasklist.tick("我已阅读并同意以上注销须知");
        tasklist.tick("短信 " + holder.maskedPhone());
        // of Tasklist's own script, where there is no answer
        tasklist.watcher().expect("Cannot read properties of undefined (reading 'headers')");
        tasklist.page().context().setOffline(true);
        tasklist.submit();
        assertThat(tasklist.page().locator(".page-notifications .alert").first())
                .containsText("网络不通");
        assertThat(tasklist.page().getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("关闭")))
                .isVisible();

        tasklist.page().context().setOffline(false);
        tasklist.complete();

        tasklist.at("输入验证码");
        assertThat(tasklist.page().locator(".page-notifications .alert:visible"))
                .hasCount(0);
        assertThat(sends()).isOne();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/deployed-form", "/task/[^/]+"})
    @DisplayName("a task or a form whose answer was lost on the way is asked for again")
    void anAnswerIsLost(String path) {
        // of Tasklist's own script, where there is no answer
        tasklist.watcher().expect("Cannot read properties of undefined (reading 'headers')");
        Page page = tasklist.page();
        page.clock().install();
        page.route(Pattern.compile(path + "(\\?|$)"), Route::abort, new Page.RouteOptions().setTimes(1));
        tasklist.start("注销账户");
        assertThat(page.locator(".own-requests-until")).isVisible();

        for (int looks = 0; looks < 3; looks++) {
            page.waitForResponse("**/own-requests", () -> page.clock().fastForward(20_000));
        }

        tasklist.at("注销须知");
        assertThat(page.locator(".alert-danger:visible")).hasCount(0);
    }

    @Test
    @DisplayName("a double click starts, submits and confirms once")
    void aDoubleClick() {
        tasklist.watcher().expect(401);
        tasklist.choose("注销账户");
        tasklist.answered(() -> tasklist.startButton().dblclick());
        tasklist.at("注销须知");
        tasklist.tick("同意，继续注销");
        tasklist.tick("我已阅读并同意以上注销须知");
        tasklist.tick("短信 " + holder.maskedPhone());
        tasklist.answered(() -> tasklist.submitButton().dblclick());
        tasklist.at("输入验证码");
        tasklist.type("6 位验证码", tasklist.code(holder.phone()));
        tasklist.answered(() -> tasklist.submitButton().dblclick());
        tasklist.at("最终确认");
        assertThat(sends()).isOne();
        assertThat(rows.number(
                        "select min(tries_left) from verification_code c"
                                + " join verification v on v.id = c.verification_id where v.account_id = ?",
                        holder.id()))
                .isEqualTo(4);
        tasklist.tick("确认注销");
        tasklist.answered(() -> tasklist.submitButton().dblclick());
        tasklist.at("注销成功");

        assertThat(requests()).isOne();
        assertThat(rows.number(
                        "select count(*) from inbox_message where recipient = ? and subject like '验证码%'",
                        holder.phone()))
                .isOne();
    }

    @Test
    @DisplayName("a script that comes late, as over a slow network, is waited for")
    void aScriptComesLate() {
        Tasklist slow = session(viewport);
        // two seconds longer than the webapp's loader waits by itself
        slow.page().route("**/plugin.js*", route -> later(route, 9));

        slow.page().waitForResponse("**/plugin.js*", () -> slow.login(holder.phone(), Holder.PASSWORD));

        slow.isHome();
        slow.start("注销账户");
        slow.at("注销须知");
    }

    private static void slowDown(Page page) {
        page.route("**/submit-form", InterruptedIT::later);
    }

    private static void later(Route route) {
        later(route, 2);
    }

    private static void later(Route route, int seconds) {
        CompletableFuture.delayedExecutor(seconds, TimeUnit.SECONDS).execute(route::resume);
    }

    private long sends() {
        return count("code_send", "account_id", holder.id());
    }

    private long requests() {
        return count("holder_request", "account_id", holder.id());
    }
}
