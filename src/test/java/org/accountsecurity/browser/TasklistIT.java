package org.accountsecurity.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import org.accountsecurity.AccountSecurityApplication;
import org.accountsecurity.engine.webapp.TasklistRecording;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.ActiveProfiles;

/** The demo as a newcomer sees it: a real browser, the real clock, the job executor running. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        classes = AccountSecurityApplication.class,
        properties = "spring.datasource.url=jdbc:h2:mem:browser;LOCK_TIMEOUT=10000;DB_CLOSE_DELAY=-1")
@ActiveProfiles("demo")
class TasklistIT {

    private static final TasklistRecording RECORDING = new TasklistRecording();

    private static Chromium chromium;

    @LocalServerPort
    int port;

    private final List<String> failures = new CopyOnWriteArrayList<>();
    private Tasklist tasklist;

    @BeforeAll
    static void openBrowser() {
        chromium = new Chromium();
    }

    /** After the three walks the list of what holders may call is neither too short nor too long. */
    @AfterAll
    static void closeBrowserAndCompare() {
        if (chromium != null) {
            chromium.close();
        }
        assertThat(RECORDING.notAllowed()).isEmpty();
        assertThat(RECORDING.unused()).isEmpty();
    }

    @BeforeEach
    void openTasklist() {
        Page page = chromium.page(1280, 800);
        page.onRequest(request -> RECORDING.add(request.method(), request.url()));
        page.onResponse(response -> {
            if (response.status() >= 400 && !response.url().endsWith("/favicon.ico")) {
                failures.add(response.status() + " " + response.request().method() + " " + response.url());
            }
        });
        tasklist = new Tasklist(page, port);
    }

    @AfterEach
    void closePage() {
        tasklist.page().context().close();
    }

    @Test
    @DisplayName("acct-10001 deregisters, from the login to 注销成功, and can't log in again")
    void aHolderDeregisters() {
        tasklist.page().navigate("http://localhost:" + port + "/");
        tasklist.picture("login");
        tasklist.login("13800138001", "Demo-10001");
        tasklist.choose("注销账户");
        tasklist.picture("request-deregistration");
        tasklist.start();

        tasklist.open("阅读注销须知");
        tasklist.tick("同意，继续注销");
        tasklist.tick("我已阅读并同意以上注销须知");
        tasklist.tick("短信 138****8001");
        tasklist.picture("read-deregistration-notice");
        org.assertj.core.api.Assertions.assertThat(tasklist.download("下载我的数据备份"))
                .isEqualTo("account-data.zip");
        tasklist.complete();

        tasklist.open("输入验证码");
        tasklist.tick("提交验证码");
        tasklist.type("6 位验证码", tasklist.code("13800138001", "注销账户"));
        tasklist.picture("enter-code");
        tasklist.complete();

        tasklist.open("最终确认");
        tasklist.tick("确认注销");
        tasklist.picture("confirm-deregistration");
        tasklist.complete();

        tasklist.open("注销成功");
        assertThat(tasklist.form()).containsText("您的账户已注销");
        tasklist.picture("deregistered");
        String number = tasklist.shown("编号");
        String secret = tasklist.shown("查询密码");
        assertThat(failures).isEmpty();
        tasklist.complete();

        assertThat(tasklist.page().getByLabel("手机号或邮箱")).isVisible();
        tasklist.page().navigate("http://localhost:" + port + "/receipt");
        tasklist.page().getByLabel("凭证编号").fill(number);
        tasklist.page().getByLabel("查询密码").fill(secret);
        tasklist.page().locator("main button").first().click();
        assertThat(tasklist.page().locator("main")).containsText("已清除");
        tasklist.picture("receipt");
        tasklist.login("13800138001", "Demo-10001");
        assertThat(tasklist.page().locator(".refusal")).containsText("账号或密码不正确");
    }

    @Test
    @DisplayName("acct-10004 moves to a new number, and only the new one logs in")
    void aHolderMovesToANewNumber() {
        tasklist.login("13800138004", "Demo-10004");
        tasklist.choose("解绑手机号");
        tasklist.start();

        tasklist.open("阅读解绑须知");
        tasklist.tick("知道了，继续");
        tasklist.tick("短信 138****8004");
        tasklist.picture("read-unbinding-notice");
        tasklist.complete();

        tasklist.open("输入验证码");
        tasklist.tick("提交验证码");
        tasklist.type("6 位验证码", tasklist.code("13800138004", "更换绑定手机号"));
        tasklist.complete();

        tasklist.open("输入新手机号");
        tasklist.tick("继续");
        tasklist.type("新手机号", "13800138005");
        tasklist.completeAndReopen("输入新手机号");
        assertThat(tasklist.form()).containsText("该号码暂不能绑定");
        tasklist.picture("number-not-usable");
        tasklist.tick("继续");
        tasklist.type("新手机号", "13900139004");
        tasklist.complete();

        tasklist.open("输入验证码");
        tasklist.tick("提交验证码");
        tasklist.type("6 位验证码", tasklist.code("13900139004", "绑定新手机号"));
        tasklist.complete();

        tasklist.open("确认解绑");
        tasklist.tick("确认更换");
        tasklist.picture("confirm-unbinding");
        tasklist.complete();

        tasklist.open("解绑成功");
        tasklist.picture("unbound");
        assertThat(failures).isEmpty();
        tasklist.complete();
        tasklist.page().context().clearCookies();

        tasklist.login("13800138004", "Demo-10004");
        assertThat(tasklist.page().locator(".refusal")).isVisible();
        tasklist.login("13900139004", "Demo-10004");
        assertThat(tasklist.page().locator(".start-process-action")).isVisible();
    }

    @Test
    @DisplayName("acct-10002 sees its open items, and has settled what the process can settle")
    void aHolderSeesItsOpenItems() {
        tasklist.login("13800138002", "Demo-10002");
        tasklist.choose("注销账户");
        tasklist.start();

        tasklist.open("处理未完成事项");

        for (String expected : List.of("¥39.90", "¥128.00", "¥12.50", "省钱月卡", "微信", "QQ")) {
            assertThat(tasklist.form()).containsText(expected);
        }
        tasklist.picture("resolve-open-items");

        tasklist.tick("代我办理勾选的事项");
        for (String settled : List.of("订阅：省钱月卡", "第三方登录：微信", "第三方登录：QQ")) {
            tasklist.tick(settled);
        }
        tasklist.completeAndReopen("处理未完成事项");

        assertThat(tasklist.form()).containsText("已重新检查，还有 3 项未完成。");
        for (String gone : List.of("省钱月卡", "微信", "QQ")) {
            assertThat(tasklist.form()).not().containsText(gone);
        }
        tasklist.search("解绑");
        assertThat(failures).isEmpty();
        tasklist.logout();
        assertThat(tasklist.page().getByLabel("手机号或邮箱")).isVisible();
    }

    @Test
    @DisplayName("what is typed into a form and left there is kept nowhere in the browser")
    void whatIsTypedIsKeptNowhere() {
        tasklist.login("13800138005", "Demo-10005");
        tasklist.choose("解绑手机号");
        tasklist.start();
        tasklist.open("阅读解绑须知");
        tasklist.tick("知道了，继续");
        tasklist.tick("短信 138****8005");
        tasklist.complete();
        tasklist.open("输入验证码");
        tasklist.tick("提交验证码");
        tasklist.type("6 位验证码", "135791");
        assertThat(tasklist.stored()).doesNotContain("135791");

        tasklist.page().reload();
        tasklist.open("输入验证码");

        assertThat(tasklist.stored()).doesNotContain("135791", "camForm", "camunda-form");
        tasklist.logout();
        assertThat(tasklist.page().getByLabel("手机号或邮箱")).isVisible();
        assertThat(tasklist.stored()).doesNotContain("135791", "13800138005", "Demo-10005");
    }

    @Test
    @DisplayName("any Chinese browser shows Chinese, down to dates and what is wrong in a form, another one English")
    void theBrowserDecidesTheLanguage() {
        tasklist.login("13800138003", "Demo-10003");
        tasklist.choose("解绑手机号");
        tasklist.start();
        tasklist.open("阅读解绑须知");

        for (String chinese : List.of("zh-CN", "zh-Hant-TW")) {
            shows(chinese, "开始办理", "开始于\\s+.+前", "请填写或选择这一项。");
        }
        shows("en-US", "Start process", "Created\\s+.+ ago", "Field is required.");
    }

    private void shows(String language, String start, String created, String required) {
        Page page = chromium.page(1280, 800, language);
        Tasklist shown = new Tasklist(page, port);
        shown.login("13800138003", "Demo-10003");
        shown.open("阅读解绑须知");

        shown.submit();

        assertThat(page.locator(".start-process-action")).hasText(start);
        assertThat(page.locator(".creation-date")).hasText(Pattern.compile(created));
        assertThat(page.locator(".fjs-form-field-error").first()).hasText(required);
        page.context().close();
    }
}
