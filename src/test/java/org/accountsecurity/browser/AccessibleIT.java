package org.accountsecurity.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.accountsecurity.testing.Journey;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;

/** For whoever has no mouse, sees little, or listens. */
class AccessibleIT extends BrowserTest {

    private static final int MANY_STOPS = 60;

    /** What a page has none or several of, and on a phone what a thumb misses; links within a sentence are as high as it. */
    private static final String MISSHAPEN = """
            () => {
              const shown = (element) => element.checkVisibility({ visibilityProperty: true });
              const count = (selector) => [...document.querySelectorAll(selector)].filter(shown).length;
              const size = (element) => {
                const { width, height } = (element.labels?.[0] ?? element).getBoundingClientRect();
                return { width: Math.round(width), height: Math.round(height) };
              };
              const small = [...document.querySelectorAll('a[href], button, input:not([type=hidden]), textarea')]
                .filter((element) => shown(element) && getComputedStyle(element).display !== 'inline')
                .filter((element) => element.type !== 'text' && element.type !== 'password')
                .filter((element) => size(element).height < 44 || size(element).width < 44)
                .map((element) => `${element.tagName}.${element.className} ${JSON.stringify(size(element))}`);
              return [
                count('main, [role=main]') === 1 ? '' : `${count('main, [role=main]')} main`,
                count('h1') === 1 ? '' : `${count('h1')} h1`,
                ...(innerWidth === 390 ? small : [])
              ].filter(Boolean);
            }""";

    /** Where the focus is: in a form or not, seen or not; nothing at the end of the page. */
    private static final String STOP = """
            () => {
              const stop = document.activeElement;
              if (stop === document.body) {
                return '';
              }
              const box = stop.getBoundingClientRect();
              let seen = stop.checkVisibility({ visibilityProperty: true, opacityProperty: true });
              for (let around = stop.parentElement; around !== document.body; around = around.parentElement) {
                const { top, bottom } = around.getBoundingClientRect();
                seen &&= getComputedStyle(around).overflowY === 'visible' || (bottom > box.top && top < box.bottom);
              }
              return `${seen ? 'seen' : 'unseen'} ${stop.closest('.fjs-container') ? 'form' : 'page'} ${stop.tagName}.${stop.className}`;
            }""";

    private static String axe;

    @Autowired
    Journey journey;

    @BeforeAll
    static void readAxe() throws IOException {
        try (InputStream script = AccessibleIT.class.getResourceAsStream("/axe.min.js")) {
            axe = new String(script.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @ParameterizedTest
    @MethodSource("org.accountsecurity.browser.Viewport#screens")
    @DisplayName("axe finds nothing serious from the login to the receipt of a deregistration")
    void axeFindsNothingInADeregistration(Viewport viewport) {
        Holder holder = holderLike("acct-10002");
        Tasklist tasklist = session(viewport);
        List<String> found = new ArrayList<>();
        tasklist.visit("/login");
        found.addAll(violations(tasklist, "login"));
        tasklist.login(holder);
        found.addAll(violations(tasklist, "home"));
        tasklist.choose("注销账户");
        found.addAll(violations(tasklist, "start dialog"));
        tasklist.answered(() -> tasklist.startButton().click());
        tasklist.at("还有事项未完成");
        tasklist.tick("代我办理勾选的事项");
        found.addAll(violations(tasklist, "open items"));
        settle(holder);
        tasklist.answer("我已处理，重新检查");
        tasklist.at("注销须知");
        tasklist.tick("同意，继续注销");
        found.addAll(violations(tasklist, "notice"));
        tasklist.submit();
        found.addAll(violations(tasklist, "notice, not in order"));
        tasklist.consent("短信 " + holder.maskedPhone());
        tasklist.at("输入验证码");
        found.addAll(violations(tasklist, "code"));
        tasklist.enterCode(holder.phone());
        tasklist.at("最终确认");
        found.addAll(violations(tasklist, "confirmation"));
        tasklist.answer("确认注销");
        tasklist.at("注销成功");
        found.addAll(violations(tasklist, "success"));
        tasklist.visit("/receipt");
        found.addAll(violations(tasklist, "receipt"));

        assertThat(found).isEmpty();
    }

    @Test
    @DisplayName("axe finds nothing serious in a change of the phone number")
    void axeFindsNothingInAPhoneChange() {
        Holder holder = holderLike("acct-10004");
        String newPhone = Holder.unusedPhone();
        Tasklist tasklist = session(Viewport.PHONE);
        List<String> found = new ArrayList<>();
        tasklist.login(holder);
        tasklist.start("解绑手机号");
        tasklist.at("解绑须知");
        found.addAll(violations(tasklist, "notice"));
        tasklist.accept("短信 " + holder.maskedPhone());
        tasklist.enterCode(holder.phone());
        tasklist.at("输入新手机号");
        tasklist.type("新手机号", "13800138005");
        tasklist.complete();
        assertThat(tasklist.form()).containsText("该号码暂不能绑定");
        found.addAll(violations(tasklist, "number not usable"));
        tasklist.type("新手机号", newPhone);
        tasklist.complete();
        assertThat(tasklist.form()).containsText(newPhone.substring(7));
        tasklist.enterCode(newPhone);
        tasklist.at("确认解绑");
        found.addAll(violations(tasklist, "confirmation"));
        tasklist.answer("确认更换");
        tasklist.at("解绑成功");
        found.addAll(violations(tasklist, "success"));
        tasklist.complete();
        tasklist.says("手机号已更换");
        found.addAll(violations(tasklist, "news"));
        Awaitility.await()
                .until(() -> rows.number(
                                "select count(*) from inbox_message where recipient = ? and text like '%/not-me/%'",
                                newPhone)
                        == 1);
        tasklist.visit(journey.notMe(newPhone));
        found.addAll(violations(tasklist, "not me"));
        tasklist.page().locator("main button").click();
        assertThat(tasklist.page().getByRole(AriaRole.STATUS)).containsText("已限制");
        found.addAll(violations(tasklist, "case"));

        assertThat(found).isEmpty();
    }

    @Test
    @DisplayName("axe finds nothing serious in the forms that few holders see: refusal, renewal, cooling-off, progress")
    void axeFindsNothingInTheRareForms() throws IOException {
        List<String> found = new ArrayList<>();
        Holder refused = holderLike("acct-10001");
        Tasklist tasklist = session(Viewport.PHONE);
        askForACode(tasklist, refused);
        for (int tries = 0; tries < 5; tries++) {
            tasklist.type("6 位验证码", Journey.wrong(tasklist.code(refused.phone())));
            tasklist.complete();
        }
        tasklist.at("暂时无法完成验证");
        found.addAll(violations(tasklist, "refusal"));

        Holder late = holderLike("acct-10001");
        Tasklist lateTasklist = session(Viewport.PHONE);
        lateTasklist.page().clock().install();
        askForACode(lateTasklist, late);
        lateTasklist.code(late.phone());
        lateTasklist.holdChecks();
        forward(lateTasklist, Duration.ofMinutes(5).plusSeconds(1));
        lateTasklist.at("验证码已过期");
        found.addAll(violations(lateTasklist, "renewal"));

        journey.deployed("deregistration-policy", "\"PT0S\"", "\"PT1H\"");
        rows.update("create table favourite_copy (favourite_id varchar(36) references favourite (id))");
        try {
            Holder cooling = holderLike("acct-10001");
            Tasklist coolingTasklist = session(Viewport.PHONE);
            coolingTasklist.page().clock().install();
            rows.update("insert into favourite (id, account_id, title) values ('kept', ?, '雨伞')", cooling.id());
            rows.update("insert into favourite_copy values ('kept')");
            askForACode(coolingTasklist, cooling);
            coolingTasklist.enterCode(cooling.phone());
            coolingTasklist.at("最终确认");
            coolingTasklist.answer("确认注销");
            coolingTasklist.at("冷静期");
            coolingTasklist.pictures("cool-off");
            found.addAll(violations(coolingTasklist, "cooling-off"));

            coolingTasklist.holdChecks();
            forward(coolingTasklist, Duration.ofHours(1).plusSeconds(1));
            assertThat(coolingTasklist.page().locator(".own-requests-waiting")).containsText("清除个人数据");
            forward(coolingTasklist, Duration.ofMinutes(1).plusSeconds(1));
            coolingTasklist.at("正在清除数据");
            coolingTasklist.pictures("view-progress");
            found.addAll(violations(coolingTasklist, "progress"));
        } finally {
            rows.update("drop table favourite_copy");
            journey.undeploy();
        }

        assertThat(found).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = Viewport.class,
            names = {"PHONE", "PHONE_ZOOMED", "DESK"})
    @DisplayName("axe finds nothing serious in the trail that support reads, and nothing of it is cut")
    void axeFindsNothingInATrail(Viewport viewport) {
        Holder holder = holderLike("acct-10001");
        journey.startWithoutCopy("account-deregistration", holder.id());
        String request = rows.text("select id from holder_request where open_for = ?", holder.id());
        try (BrowserContext session = chromium.session(viewport.width, viewport.height, "zh-CN")) {
            Tasklist support = new Tasklist(session.newPage(), null, port, rows);
            support.login("support", "support");
            support.page().waitForURL("**/tasklist/**");

            support.visit("/trail");
            support.page().getByLabel("申请编号").fill(request);
            support.page()
                    .getByText("查看", new Page.GetByTextOptions().setExact(true))
                    .click();

            assertThat(support.page().locator("main")).containsText("登记申请");
            assertThat(violations(support, "trail")).isEmpty();
            assertThat(cut(support, "trail")).isEmpty();
        }
    }

    private void askForACode(Tasklist tasklist, Holder holder) {
        tasklist.login(holder);
        tasklist.start("注销账户");
        tasklist.consent("短信 " + holder.maskedPhone());
        tasklist.at("输入验证码");
    }

    /** For the server and the browser. */
    private void forward(Tasklist tasklist, Duration duration) {
        clock.forward(duration);
        tasklist.page().clock().fastForward(duration.toMillis());
    }

    @Test
    @DisplayName("the keyboard stops first in the form of the task, and only at what is seen")
    void theKeyboardStopsOnlyAtWhatIsSeen() {
        Tasklist tasklist = session(Viewport.PHONE);
        tasklist.login(holderLike("acct-10002"));
        tasklist.start("注销账户");
        tasklist.at("还有事项未完成");
        tasklist.tick("我已处理，重新检查");
        assertThat(tasklist.submitButton()).isEnabled();
        tasklist.standing().evaluate("panel => panel.focus()");

        List<String> stops = new ArrayList<>();
        for (String stop = "."; !stop.isEmpty() && stops.size() < MANY_STOPS; stops.add(stop)) {
            tasklist.page().keyboard().press("Tab");
            stop = (String) tasklist.page().evaluate(STOP);
        }

        assertThat(stops.get(0)).as("the withdrawal").contains("own-requests-quiet");
        assertThat(stops.get(1)).startsWith("seen form");
        assertThat(stops).noneMatch(stop -> stop.startsWith("unseen")).anyMatch(stop -> stop.contains("btn-primary"));
    }

    @Test
    @DisplayName("what Tasklist says of a task that is gone is not there while the task is")
    void whatIsSaidOfATaskThatIsGoneIsNotThere() {
        Tasklist tasklist = session(Viewport.PHONE);
        tasklist.login(holderLike("acct-10001"));
        tasklist.start("注销账户");
        tasklist.at("注销须知");

        assertThat(tasklist.page().getByRole(AriaRole.ALERT)).hasCount(0);
        assertThat(tasklist.page().locator(".task-removed-alert")).hasCount(1);
    }

    @Test
    @DisplayName("the opened menu says 退出登录, at once")
    void theMenuSaysHowToLogOut() {
        Tasklist tasklist = session(Viewport.PHONE);
        tasklist.login(holderLike("acct-10001"));
        assertThat(tasklist.page().getByText("退出登录")).isHidden();

        tasklist.page().locator(".navbar-toggle").click();

        assertThat(tasklist.page().getByText("退出登录")).isVisible();
        assertThat(violations(tasklist, "menu")).isEmpty();
        tasklist.page().getByText("退出登录").click();
        assertThat(tasklist.page().locator(".notice")).hasText("您已退出登录。");
    }

    @Test
    @DisplayName("a keyboard is enough to change the phone number")
    void aKeyboardIsEnough() {
        Holder holder = holderLike("acct-10004");
        String newPhone = Holder.unusedPhone();
        Tasklist tasklist = session(Viewport.DESK);
        Page page = tasklist.page();
        tasklist.visit("/");
        assertThat(page.getByLabel("手机号或邮箱")).isFocused();
        page.keyboard().type(holder.phone());
        page.keyboard().press("Tab");
        page.keyboard().type(Holder.PASSWORD);
        page.keyboard().press("Enter");
        tasklist.isHome();

        press("Enter", tasklist.home().getByText("解绑手机号").first());
        assertThat(tasklist.dialog().locator("h3")).hasText("解绑手机号");
        press("Enter", tasklist.startButton());

        tasklist.at("解绑须知");
        press("Space", tasklist.form().locator("input[type=radio]").first());
        press("Space", tasklist.form().locator("input[type=radio]").nth(2));
        press("Enter", tasklist.submitButton());

        tasklist.at("输入验证码");
        press("", tasklist.form().getByLabel("6 位验证码"));
        page.keyboard().type(tasklist.code(holder.phone()));
        page.keyboard().press("Enter");

        tasklist.at("输入新手机号");
        press("", tasklist.form().getByLabel("新手机号"));
        page.keyboard().type(newPhone);
        page.keyboard().press("Enter");
        assertThat(tasklist.form()).containsText(newPhone.substring(7));

        tasklist.at("输入验证码");
        press("", tasklist.form().getByLabel("6 位验证码"));
        page.keyboard().type(tasklist.code(newPhone));
        page.keyboard().press("Enter");

        tasklist.at("确认解绑");
        press("Space", tasklist.form().locator("input[type=radio]").first());
        press("Enter", tasklist.submitButton());
        tasklist.at("解绑成功");
        press("Enter", tasklist.submitButton());
        tasklist.says("手机号已更换");
    }

    @ParameterizedTest
    @MethodSource("org.accountsecurity.browser.Viewport#zoomed")
    @DisplayName("at 200 % nothing is cut: the page scrolls down, not sideways, and every button is reached")
    void nothingIsCutWhenZoomed(Viewport viewport) {
        Holder holder = holderLike("acct-10002");
        Tasklist tasklist = session(viewport);
        List<String> cut = new ArrayList<>();
        tasklist.visit("/login");
        cut.addAll(cut(tasklist, "login"));
        tasklist.login(holder);
        cut.addAll(cut(tasklist, "home"));
        tasklist.choose("注销账户");
        cut.addAll(cut(tasklist, "start dialog"));
        tasklist.answered(() -> tasklist.startButton().click());
        tasklist.at("还有事项未完成");
        tasklist.tick("代我办理勾选的事项");
        cut.addAll(cut(tasklist, "open items"));
        settle(holder);
        tasklist.answer("我已处理，重新检查");
        tasklist.at("注销须知");
        cut.addAll(cut(tasklist, "notice"));
        tasklist.consent("短信 " + holder.maskedPhone());
        tasklist.at("输入验证码");
        cut.addAll(cut(tasklist, "code"));
        tasklist.enterCode(holder.phone());
        tasklist.at("最终确认");
        cut.addAll(cut(tasklist, "confirmation"));
        tasklist.answer("确认注销");
        tasklist.at("注销成功");
        cut.addAll(cut(tasklist, "success"));

        assertThat(cut).isEmpty();
    }

    private void settle(Holder holder) {
        for (String blocking : List.of("shop_order", "subscription", "linked_login")) {
            rows.update("delete from " + blocking + " where account_id = ?", holder.id());
        }
        rows.update("update wallet set balance_fen = 0 where account_id = ?", holder.id());
    }

    /** Moves on until this has the focus, and presses the key there. */
    private static void press(String key, Locator target) {
        Page page = target.page();
        for (int stops = 0; !(boolean) target.evaluate("element => element === document.activeElement"); stops++) {
            if (stops == MANY_STOPS) {
                throw new AssertionError("no key leads to " + target);
            }
            page.keyboard().press("Tab");
        }
        assertThat((String) target.evaluate("element => getComputedStyle(element).outlineStyle"))
                .isNotEqualTo("none");
        if (!key.isEmpty()) {
            page.keyboard().press(key);
        }
    }

    /** The serious ones, with the rule and where it is broken, and what axe does not look at. */
    private static List<String> violations(Tasklist tasklist, String screen) {
        tasklist.page().evaluate("source => { (0, eval)(source); }", axe);
        List<?> found = (List<?>)
                tasklist.page()
                        .evaluate(
                                "async () => (await axe.run(document, { resultTypes: ['violations'] })).violations"
                                        + ".filter(({ impact }) => impact === 'serious' || impact === 'critical')"
                                        + ".map(({ id, nodes }) => ({ id, where: nodes.map(({ target, any, all }) => `${target} ${(any[0] ?? all[0])?.message ?? ''}`).join('; ') }))");
        List<?> misshapen = (List<?>) tasklist.page().evaluate(MISSHAPEN);
        return Stream.concat(
                        found.stream()
                                .map(violation -> (Map<?, ?>) violation)
                                .map(violation -> violation.get("id") + " at " + violation.get("where")),
                        misshapen.stream())
                .map(fault -> screen + ": " + fault)
                .toList();
    }

    /** What sticks out of the page; a phone has no heads of tables, but labels in their cells. */
    private static List<String> cut(Tasklist tasklist, String screen) {
        List<?> wide = (List<?>) tasklist.page()
                .evaluate("() => [...document.querySelectorAll('main *, .own-requests *, .modal-content *,"
                        + " .fjs-container *, .form-actions *, [cam-widget-header] *')]"
                        + ".filter((element) => element.checkVisibility() && !element.closest('.fjs-table-head, thead')).filter((element) => {"
                        + " const { width, left, right } = element.getBoundingClientRect();"
                        + " return width > 1 && (left < -1 || right > innerWidth + 1); })"
                        + ".map((element) => `${element.tagName}.${element.className}`)");
        return wide.stream().map(element -> screen + ": " + element).toList();
    }
}
