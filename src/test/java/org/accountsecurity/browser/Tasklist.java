package org.accountsecurity.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Tasklist, clicked as an account holder does. */
final class Tasklist {

    private static final Pattern CODE = Pattern.compile("验证码 (\\d{6})");
    /** Milliseconds within which a job has run and Tasklist has refreshed its list. */
    private static final double PATIENCE = 40_000;
    /** Milliseconds that form-js waits before it takes over what was typed; no event tells when it has. */
    private static final double DEBOUNCE = 600;

    private static final int DESK = 1280;
    private static final int DESK_HEIGHT = 800;
    private static final int PHONE = 390;
    private static final int PHONE_HEIGHT = 844;
    private static final int TALL = 2400;
    private static final int FOOT = 60;

    private final Page page;
    private final String url;

    Tasklist(Page page, int port) {
        this.page = page;
        this.url = "http://localhost:" + port;
        page.setDefaultTimeout(PATIENCE);
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE);
    }

    void login(String phone, String password) {
        page.navigate(url + "/");
        page.getByLabel("手机号或邮箱").fill(phone);
        page.getByLabel("密码").fill(password);
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("登录"))
                .click();
    }

    /** Opens the start form of a process. */
    void choose(String process) {
        page.locator(".start-process-action a").click();
        page.locator(".modal-content").getByText(process, exactly()).first().click();
        assertThat(page.locator(".modal-content .fjs-container")).isVisible();
    }

    /** Searches for a process to start, and closes the dialog again. */
    void search(String process) {
        page.locator(".start-process-action a").click();
        page.waitForResponse(
                response -> response.url().contains("nameLike"),
                () -> page.locator(".modal-content input").first().fill(process));
        page.locator(".modal-footer button, .modal-footer a")
                .filter(new Locator.FilterOptions().setHasText("关闭"))
                .first()
                .click();
        assertThat(page.locator(".modal-content")).hasCount(0);
    }

    void logout() {
        page.locator(".account.dropdown a").first().click();
        page.locator(".account.dropdown .logout, .account.dropdown [ng-click='logout()']")
                .first()
                .click();
    }

    void start() {
        page.locator(".modal-footer .btn-primary").click();
        assertThat(page.locator(".modal-content")).hasCount(0);
    }

    /** Opens a task from the list, as soon as it is there. */
    void open(String task) {
        Locator entry = page.locator("ol.tasks-list h4").getByText(task, exactly());
        assertThat(entry).isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(PATIENCE));
        entry.click();
        assertThat(form()).isVisible();
    }

    Locator form() {
        return page.locator(".task-details .fjs-container");
    }

    void tick(String label) {
        Pattern required = Pattern.compile("^\\s*" + label.replace("*", "\\*") + "\\s*\\*?\\s*$");
        form().locator("label")
                .filter(new Locator.FilterOptions().setHasText(required))
                .first()
                .click();
    }

    void type(String label, String value) {
        form().getByLabel(label).fill(value);
        page.waitForTimeout(DEBOUNCE);
    }

    void complete() {
        page.waitForResponse(response -> response.url().endsWith("/submit-form"), this::submit);
    }

    /** Chooses the button, whether the form is in order or not. */
    void submit() {
        page.locator(".task-details .form-actions .btn-primary").last().click();
    }

    /** Completes a task that comes back under the same name, and opens the one that came back. */
    void completeAndReopen(String task) {
        complete();
        page.waitForResponse(response -> response.url().contains("/list"), () -> {});
        open(task);
    }

    /** The code that was last sent to this number, as soon as it is there. */
    String code(String phone, String action) {
        for (double waited = 0; waited < PATIENCE; waited += DEBOUNCE) {
            APIResponse inbox = page.request().get(url + "/inbox/messages");
            for (JsonNode message : parse(inbox.text())) {
                if (phone.equals(message.path("to").asText())
                        && message.path("text").asText().contains(action)) {
                    Matcher matcher = CODE.matcher(message.path("text").asText());
                    if (matcher.find()) {
                        return matcher.group(1);
                    }
                }
            }
            page.waitForTimeout(DEBOUNCE);
        }
        throw new AssertionError("no code arrived");
    }

    /** One picture as wide as a desk, one as wide as a phone. */
    void picture(String name) {
        // toasts fade by themselves, a picture need not wait for it
        page.evaluate("() => document.querySelectorAll('.notifications > *').forEach(toast => toast.remove())");
        shoot(name, DESK);
        shoot(name, PHONE);
        page.setViewportSize(DESK, DESK_HEIGHT);
    }

    /** As high as what is shown, so that nothing of the form is cut. */
    private void shoot(String name, int width) {
        page.setViewportSize(width, TALL);
        page.waitForTimeout(DEBOUNCE);
        Object bottom = page.evaluate("() => Math.max(...[...document.querySelectorAll("
                + "'.fjs-container, .form-actions, .modal-content, main')]"
                + ".map(shown => shown.getBoundingClientRect().bottom))");
        int height = (int) Math.ceil(((Number) bottom).doubleValue()) + FOOT;
        page.setViewportSize(width, Math.min(TALL, Math.max(width == DESK ? DESK_HEIGHT : PHONE_HEIGHT, height)));
        page.waitForTimeout(DEBOUNCE);
        page.screenshot(new Page.ScreenshotOptions().setPath(Chromium.picture(name + "-" + width)));
    }

    /** What a link of the form downloads: its name. */
    String download(String link) {
        return page.waitForDownload(() -> form().getByText(link, new Locator.GetByTextOptions().setExact(true))
                        .click())
                .suggestedFilename();
    }

    /** What the form shows behind a label and a colon. */
    String shown(String label) {
        Matcher matcher = Pattern.compile(label + "：\\s*(\\S+)").matcher(form().innerText());
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

    private static JsonNode parse(String json) {
        try {
            return new ObjectMapper().readTree(json);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    private static Locator.GetByTextOptions exactly() {
        return new Locator.GetByTextOptions().setExact(true);
    }
}
