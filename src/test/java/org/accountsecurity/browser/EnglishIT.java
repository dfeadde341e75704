package org.accountsecurity.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The demo in a browser that asks for English: no page says anything in Chinese but the holder's own data. */
class EnglishIT extends BrowserTest {

    private static final Pattern CODE = Pattern.compile("code is (\\d{6})");
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    /** Each text that is seen or read aloud. */
    private static final String TEXTS = """
            () => {
              const shown = (element) => element.checkVisibility({ visibilityProperty: true });
              const texts = [document.title];
              const nodes = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
              while (nodes.nextNode()) {
                const { data, parentElement } = nodes.currentNode;
                if (data.trim() && shown(parentElement) && !parentElement.closest('script, style')) {
                  texts.push(data.trim());
                }
              }
              document.querySelectorAll('[aria-label], [placeholder], [title]').forEach((element) => {
                if (shown(element)) {
                  texts.push(...['aria-label', 'placeholder', 'title'].map((name) => element.getAttribute(name) ?? ''));
                }
              });
              return texts.filter((text) => /\\p{Script=Han}/u.test(text));
            }""";

    private final List<String> chinese = new ArrayList<>();
    private Page page;

    @Test
    @DisplayName("a deregistration from the login to the receipt")
    void aDeregistration() {
        Holder holder = holderLike("acct-10002");
        open(holder);
        start("Close account");
        at("There are open items");
        look("open-items");
        tick("Settle the ticked items for me");
        look("open-items-to-settle");
        for (String table : List.of("shop_order", "subscription", "linked_login", "wallet")) {
            rows.update("delete from " + table + " where account_id = ?", holder.id());
        }
        tick("I have settled them, check again");
        submit();
        at("Notice on closing your account");
        look("notice");
        submitButton().click();
        look("notice-not-in-order");
        tick("I agree, go on closing the account");
        tick("I have read the notice above and agree to it");
        form().locator(".fjs-form-field-radio").last().locator("label").nth(1).click();
        submit();
        enterCode(holder.phone());
        at("Final confirmation");
        look("confirmation");
        tick("Yes, close the account");
        submit();
        at("Account closed");
        look("closed");
        Matcher receipt =
                Pattern.compile("Number: (\\S+)\\s+Receipt password: (\\S+)").matcher(form().innerText());
        assertThat(receipt.find()).isTrue();
        visit("/receipt");
        look("receipt-asks");
        page.getByLabel("Receipt number").fill(receipt.group(1));
        page.getByLabel("Receipt password").fill(receipt.group(2));
        page.getByRole(AriaRole.BUTTON).first().click();
        look("receipt");

        assertThat(messages(holder))
                .isNotEmpty()
                .noneMatch(text -> Pattern.compile("\\p{IsHan}")
                        .matcher(text.replaceFirst("^【.*?】", ""))
                        .find());
        assertThat(chinese(holder)).isEmpty();
    }

    @Test
    @DisplayName("a change of the phone number, one that is withdrawn, and the page of a notice")
    void aPhoneChange() {
        Holder holder = holderLike("acct-10004");
        String newPhone = Holder.unusedPhone();
        open(holder);
        start("Change phone number");
        at("Notice on changing your phone number");
        look("unbinding-notice");
        tick("I understand, continue");
        form().locator(".fjs-form-field-radio").last().locator("label").nth(1).click();
        submit();
        enterCode(holder.phone());
        at("Enter the new phone number");
        form().getByLabel("New phone number").fill("13800138005");
        submit();
        assertThat(form().locator("h3")).hasText("Enter the new phone number");
        look("phone-not-usable");
        form().getByLabel("New phone number").fill(newPhone);
        submit();
        enterCode(newPhone);
        at("Confirm the change");
        look("unbinding-confirmation");
        tick("Yes, change the number");
        submit();
        at("Phone number changed");
        look("unbound");
        submit();
        assertThat(page.locator(".own-requests-news")).containsText("Phone number changed");
        look("unbound-news");
        start("Change phone number");
        at("Notice on changing your phone number");
        page.getByText("Withdraw request", new Page.GetByTextOptions().setExact(true))
                .click();
        look("withdrawal");
        page.getByText("Yes, withdraw").click();
        assertThat(page.locator(".own-requests-news")).containsText("Request withdrawn");
        look("withdrawn");
        String notice = messages(holder).stream()
                .filter(text -> text.contains("/not-me/"))
                .findFirst()
                .orElseThrow();
        visit(notice.substring(notice.indexOf("/not-me/")).trim());
        look("not-me");
        visit("/not-me/nobody");
        look("not-me-over");
        visit("/export");
        look("export");

        assertThat(chinese(holder)).isEmpty();
    }

    @Test
    @DisplayName("the task of support, its list and the trail")
    void aTaskOfSupport() {
        Holder holder = holderLike("acct-10004");
        open(holder);
        start("Close account");
        at("Notice on closing your account");
        String notice = Awaitility.await("a notice")
                .atMost(PATIENCE)
                .until(
                        () -> messages(holder).stream()
                                .filter(text -> text.contains("/not-me/"))
                                .findFirst()
                                .orElse(""),
                        text -> !text.isEmpty());
        visit(notice.substring(notice.indexOf("/not-me/")).trim());
        page.getByRole(AriaRole.BUTTON).click();
        look("contested");
        String request = rows.text("select id from holder_request where account_id = ?", holder.id());
        page = chromium.session(1280, 800, "en-US").newPage();
        visit("/login");
        login("support", "support");
        page.getByText("Support tasks").first().click();
        Locator task = page.locator(".tasks-list .task").first();
        assertThat(task).containsText("Look into the contest");
        task.click();
        assertThat(page.locator(".task-details .fjs-container h3").first()).containsText("Contest");
        look("support-task");
        page = chromium.session(390, 844, "en-US").newPage();
        visit("/login");
        login("admin", "admin");
        visit("/trail?request=" + request);
        look("trail");

        assertThat(chinese(holder)).isEmpty();
    }

    private void open(Holder holder) {
        Tasklist tasklist = session(Viewport.PHONE, "en-US");
        tasklist.watcher().expect(404);
        page = tasklist.page();
        visit("/login");
        look("login");
        login("nobody", "wrong");
        look("login-failed");
        login(holder.phone(), Holder.PASSWORD);
        assertThat(page.locator(".own-requests-offered")).isVisible();
        look("home");
    }

    private void visit(String path) {
        page.navigate("http://localhost:" + port + path);
    }

    private void login(String name, String password) {
        page.getByLabel("Phone number or e-mail").fill(name);
        page.getByLabel("Password").fill(password);
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Log in"))
                .click();
    }

    private void start(String process) {
        page.locator(".own-requests-offered")
                .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(process))
                .click();
        assertThat(page.locator(".modal-content .fjs-container h3")).hasText(process);
        look("start");
        page.waitForResponse(
                response -> response.url().endsWith("/submit-form"),
                () -> page.locator(".modal-footer .btn-primary").click());
    }

    private Locator form() {
        return page.locator(".task-details .fjs-container");
    }

    private void at(String heading) {
        assertThat(form().locator("h3")).hasText(heading);
    }

    private void tick(String label) {
        form().getByText(label).first().click();
    }

    private Locator submitButton() {
        return page.locator(".task-details .form-actions .btn-primary").last();
    }

    private void submit() {
        int status = page.waitForResponse(
                        response -> response.url().endsWith("/submit-form"),
                        () -> submitButton().click())
                .status();
        assertThat(status).isLessThan(400);
    }

    private void enterCode(String address) {
        at("Enter the code");
        look("code");
        String code =
                Awaitility.await("a code").atMost(PATIENCE).until(() -> lastCode(address), text -> !text.isEmpty());
        form().getByLabel("6-digit code").fill(code);
        submit();
    }

    private String lastCode(String address) {
        return rows.find(
                        "select text from inbox_message where recipient = ? and text like '%code is%' order by id desc limit 1",
                        address)
                .map(CODE::matcher)
                .filter(Matcher::find)
                .map(found -> found.group(1))
                .orElse("");
    }

    private List<String> messages(Holder holder) {
        return rows.texts("select text from inbox_message where recipient in ('%s', '%s')"
                .formatted(holder.phone(), holder.mail()));
    }

    /** Keeps a picture, and what it says in Chinese. */
    private void look(String name) {
        page.waitForTimeout(300);
        page.screenshot(new Page.ScreenshotOptions().setFullPage(true).setPath(Chromium.picture("english-" + name)));
        ((List<?>) page.evaluate(TEXTS)).forEach(text -> chinese.add(name + ": " + text));
    }

    /** What is Chinese and no title of an order or the like. */
    private List<String> chinese(Holder holder) {
        List<String> own = new ArrayList<>(rows.texts(
                "select title from shop_order where account_id like 'acct-%' union select plan from subscription"
                        + " union select provider from linked_login"));
        return chinese.stream()
                .distinct()
                .filter(text -> own.stream().noneMatch(text::contains))
                .toList();
    }
}
