package org.accountsecurity.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ScreenshotAnimations;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.accountsecurity.testing.Rows;
import org.awaitility.Awaitility;

/** Tasklist, clicked as an account holder does. */
final class Tasklist {

    private static final String TITLE = "账户安全";
    private static final Pattern CODE = Pattern.compile("验证码 (\\d{6})");
    /** Within which a job has run and Tasklist has looked again. */
    private static final Duration PATIENCE = Duration.ofSeconds(40);
    /** How often Tasklist asks whether its task is still there. */
    static final Duration REFRESH = Duration.ofSeconds(10);
    /** The page asks where the requests stand, Tasklist whether its task is still there: either may change the page. */
    private static final Pattern LOOK = Pattern.compile("/(own-requests|task/[^/?]+)$");

    private final Page page;
    private final Watcher watcher;
    private final String url;
    private final Rows rows;
    private final List<Request> looks = new ArrayList<>();
    private final List<Route> held = new ArrayList<>();

    Tasklist(Page page, Watcher watcher, int port, Rows rows) {
        this.page = page;
        this.watcher = watcher;
        this.url = "http://localhost:" + port;
        this.rows = rows;
        page.onRequest(looks::add);
        page.onRequestFinished(looks::remove);
        page.onRequestFailed(looks::remove);
        page.setDefaultTimeout(PATIENCE.toMillis());
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE.toMillis());
    }

    /** Another tab of this session. */
    Tasklist tab() {
        Tasklist tab = new Tasklist(
                page.context().newPage(), watcher, Integer.parseInt(url.substring(url.lastIndexOf(':') + 1)), rows);
        tab.visit("/");
        return tab;
    }

    void visit(String path) {
        page.navigate(url + path);
    }

    void login(Holder holder) {
        login(holder.phone(), Holder.PASSWORD);
        isHome();
    }

    void login(String phone, String password) {
        visit("/");
        enter(phone, password);
    }

    /** Fills in the login page, which is there. */
    void enter(String phone, String password) {
        page.getByLabel("手机号或邮箱").fill(phone);
        page.getByLabel("密码").fill(password);
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("登录"))
                .click();
    }

    void logout() {
        Locator menu = page.locator(".navbar-toggle");
        if (menu.isVisible()) {
            menu.click();
        }
        page.getByText("退出登录").click();
        assertThat(page.getByLabel("手机号或邮箱")).isVisible();
    }

    /** Waits for the page that offers what can be done. */
    void isHome() {
        assertThat(home()).isVisible();
        assertThat(page).hasTitle(TITLE);
    }

    Locator home() {
        return page.locator(".own-requests-offered");
    }

    Locator standing() {
        return page.locator(".own-requests");
    }

    /** Waits for what is said of a request that has ended. */
    void says(String outcome) {
        assertThat(page.locator(".own-requests-news")).containsText(outcome);
    }

    /** Opens the start form of a process. */
    void choose(String process) {
        home().getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(process))
                .click();
        assertThat(dialog().locator("h3")).hasText(process);
        assertThat(page.locator(".modal")).hasCSS("opacity", "1");
    }

    Locator dialog() {
        return page.locator(".modal-content .fjs-container");
    }

    Locator startButton() {
        return page.locator(".modal-footer .btn-primary");
    }

    void start(String process) {
        choose(process);
        answered(() -> startButton().click());
        assertThat(page.locator(".modal-content")).hasCount(0);
    }

    /** Waits for the form with this heading, which opens by itself. */
    Tasklist at(String heading) {
        assertThat(form().locator("h3")).hasText(heading);
        assertThat(page).hasTitle(TITLE);
        return this;
    }

    Locator form() {
        return page.locator(".task-details .fjs-container");
    }

    void tick(String label) {
        form().locator("label")
                .filter(new Locator.FilterOptions()
                        .setHasText(Pattern.compile("^\\s*" + label.replace("*", "\\*") + "\\s*\\*?\\s*$")))
                .first()
                .click();
    }

    void type(String label, String value) {
        form().getByLabel(label).fill(value);
    }

    void complete() {
        Response response = answered(this::submit);
        if (response.status() >= 400) {
            throw new AssertionError(response.status() + " " + response.text());
        }
    }

    /** Does something that submits a form, and waits for the answer. */
    Response answered(Runnable submission) {
        return page.waitForResponse(response -> response.url().endsWith("/submit-form"), submission);
    }

    /** Chooses the button, whether the form is in order or not. */
    void submit() {
        submitButton().click();
    }

    Locator submitButton() {
        return page.locator(".task-details .form-actions .btn-primary").last();
    }

    /** Until {@link #lookAgain} the page learns of no change of the request, and does not change from under a click. */
    void lookAway() {
        page.route(LOOK, held::add);
        page.waitForCondition(() -> looks.stream()
                .filter(request -> LOOK.matcher(request.url()).find())
                .allMatch(request -> held.stream().anyMatch(route -> route.request() == request)));
    }

    /** What Tasklist asked of the task before stays without an answer. */
    void lookAgain() {
        page.unroute(LOOK);
        held("/own-requests").forEach(Route::resume);
        held.clear();
    }

    /** While the page looks away, at a time that stands still, Tasklist's own question is answered, and makes the page look. */
    void noticeThatTheTaskIsGone() {
        page.clock().fastForward(REFRESH.toMillis());
        page.waitForCondition(() -> held("/task/").findAny().isPresent());
        page.clock().pauseAt(((Number) page.evaluate("() => Date.now() + 1000")).longValue());
        held("/task/").forEach(Route::resume);
        page.waitForCondition(() -> held("/own-requests").findAny().isPresent());
        page.clock().resume();
    }

    /** Tasklist's questions whether this task is still there, without an answer: a late one disables the next one's button. */
    List<Route> holdChecks() {
        String task = page.url().replaceAll(".*[?&]task=([^&]+).*", "$1");
        List<Route> checks = new ArrayList<>();
        page.route(url -> url.endsWith("/task/" + task), checks::add);
        return checks;
    }

    private Stream<Route> held(String path) {
        return List.copyOf(held).stream().filter(route -> route.request().url().contains(path));
    }

    /** What the page does by itself, now and then. */
    void look() {
        page.evaluate("() => document.dispatchEvent(new Event('visibilitychange'))");
    }

    /** The code that the form asks for, as soon as it has been sent to this address. */
    String code(String address) {
        String serial = shown("编号");
        String text = Awaitility.await("a code")
                .atMost(PATIENCE)
                .until(
                        () -> rows.find(
                                        "select text from inbox_message where recipient = ? and text like ?"
                                                + " order by id desc limit 1",
                                        address,
                                        "%（编号 " + serial + "）%")
                                .orElse(""),
                        found -> !found.isEmpty());
        Matcher matcher = CODE.matcher(text);
        if (!matcher.find()) {
            throw new AssertionError("no code in " + text);
        }
        return matcher.group(1);
    }

    void enterCode(String address) {
        at("输入验证码");
        type("6 位验证码", code(address));
        complete();
    }

    /** Reads and answers the notice of a deregistration. */
    void consent(String channel) {
        at("注销须知");
        tick("同意，继续注销");
        tick("我已阅读并同意以上注销须知");
        tick(channel);
        complete();
    }

    /** Reads and answers the notice of a change of the phone number. */
    void accept(String channel) {
        at("解绑须知");
        tick("知道了，继续");
        tick(channel);
        complete();
    }

    /** Answers the question that the form asks. */
    void answer(String label) {
        tick(label);
        complete();
    }

    /** The whole of what is shown. */
    void picture(String name) {
        page.evaluate("() => window.scrollTo(0, 0)");
        page.screenshot(new Page.ScreenshotOptions()
                .setFullPage(true)
                .setAnimations(ScreenshotAnimations.DISABLED)
                .setPath(Chromium.picture(name + "-" + page.viewportSize().width)));
    }

    /** The same on a phone and at a desk. */
    void pictures(String name) {
        for (Viewport viewport : List.of(Viewport.DESK, Viewport.PHONE)) {
            page.setViewportSize(viewport.width, viewport.height);
            picture(name);
        }
    }

    /** What a link of the form downloads, in this page or in the one that it opens: its name. */
    String download(String link) {
        List<Download> downloads = new ArrayList<>();
        page.onDownload(downloads::add);
        page.onPopup(opened -> opened.onDownload(downloads::add));
        form().getByText(link, new Locator.GetByTextOptions().setExact(true)).click();
        page.waitForCondition(() -> !downloads.isEmpty());
        return downloads.get(0).suggestedFilename();
    }

    /** What the form shows behind a label. */
    String shown(String label) {
        Matcher matcher = Pattern.compile(label + "[：\\s]\\s*([^\\s，]+)").matcher(form().innerText());
        if (!matcher.find()) {
            throw new AssertionError("the form does not show " + label);
        }
        return matcher.group(1);
    }

    /** All that the browser keeps for this site, but for cookies. */
    String stored() {
        return (String) page.evaluate("() => JSON.stringify([{...localStorage}, {...sessionStorage}])");
    }

    Page page() {
        return page;
    }

    Watcher watcher() {
        return watcher;
    }
}
