package org.accountsecurity.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.accountsecurity.engine.edit.WatchedCheckout;
import org.accountsecurity.engine.webapp.TasklistRecording;
import org.accountsecurity.testing.Modeler;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** What a process owner changes, by saving a file or from Modeler, as holders and the owner see it. */
@ParameterizedClass(name = "{0}")
@EnumSource(value = Viewport.class, names = "DESK")
class EditAndSeeIT extends BrowserTest {

    private static final String DIAGRAM = "account-deregistration.bpmn";
    private static final String NOTICE = "read-deregistration-notice.form";
    private static final String HEADING = "### 注销须知";
    private static final String WITH_VERIFICATION = "targetRef=\"CallActivity_VerifyHolder\"";
    private static final String WITHOUT_VERIFICATION = "targetRef=\"UserTask_ConfirmDeregistration\"";
    private static final String REFUSAL = "CallActivity_VerifyHolder “验证身份”没有路径能到达。请连上，或者删去。";

    @Parameter
    Viewport viewport;

    @TempDir
    Path folder;

    @Autowired
    ApplicationContext application;

    private WatchedCheckout checkout;

    @BeforeEach
    void aCheckoutThatIsWatched() throws IOException {
        checkout = new WatchedCheckout(folder, application).started();
    }

    @AfterEach
    void takeBackWhatWasDeployed() {
        closeSessions();
        checkout.close();
    }

    @Test
    @DisplayName("a form that is saved is what a new request shows, and a running one keeps the old")
    void aSavedFormIsWhatANewRequestShows() {
        Tasklist running = atTheNotice("注销须知");

        checkout.edit("forms/" + NOTICE, HEADING, HEADING + "（新）");
        deployed(1);

        atTheNotice("注销须知（新）");
        running.page().reload();
        running.at("注销须知");
    }

    @Test
    @DisplayName("a diagram that is new is offered to holders at once, one that is not startable in Tasklist is not")
    void aNewDiagramIsOfferedAtOnce() {
        String file = "processes/number-change.bpmn";
        checkout.save(
                file,
                checkout.read("processes/phone-unbinding.bpmn")
                        .replace("\"phone-unbinding\"", "\"number-change\"")
                        .replace("name=\"解绑手机号\"", "name=\"换一个号码\""));
        deployed(1);

        Tasklist running = session(viewport);
        running.login(holderLike("acct-10004"));
        running.home()
                .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("换一个号码"))
                .click();
        assertThat(running.dialog().locator("h3")).hasText("解绑手机号");
        running.answered(() -> running.startButton().click());
        running.at("解绑须知");

        checkout.edit(file, " isExecutable=\"true\"", " isExecutable=\"true\" camunda:isStartableInTasklist=\"false\"");
        deployed(2);
        running.page().reload();
        running.at("解绑须知");
        Tasklist other = session(viewport);
        other.login(holderLike("acct-10004"));
        assertThat(other.home()).containsText("解绑手机号");
        assertThat(other.home()).not().containsText("换一个号码");
    }

    @Test
    @DisplayName(
            "an unsafe diagram that is saved is refused on the owner's page, which names the element and the remedy")
    void anUnsafeDiagramIsRefusedOnTheOwnersPage() {
        String good = checkout.read("processes/" + DIAGRAM);
        try (BrowserContext session = chromium.session(viewport.width, viewport.height, "zh-CN")) {
            Tasklist owner = owner(session);
            Watcher watcher = new Watcher(session, new TasklistRecording(), "zh-CN");
            owner.visit("/edit");
            checkout.edit("forms/" + NOTICE, HEADING, HEADING + "（新）");
            deployed(1);
            owner.page().reload();
            assertThat(owner.page().locator("article")).containsText("注销账户 v");
            assertThat(refusal(owner)).hasCount(0);
            owner.picture("edit");

            checkout.edit("processes/" + DIAGRAM, WITH_VERIFICATION, WITHOUT_VERIFICATION);

            assertThat(refusal(owner)).containsText(REFUSAL);
            assertThat(owner.page().locator("article")).containsText("注销账户 v");
            owner.picture("edit-refused");
            deployed(1);
            atTheNotice("注销须知（新）");

            checkout.save("processes/" + DIAGRAM, good);

            assertThat(refusal(owner)).hasCount(0);
            deployed(1);
            assertThat(watcher.findings()).isEmpty();
        }
    }

    @Test
    @DisplayName("what is deployed from Modeler is what a new request shows; what is refused there changes nothing")
    void whatIsDeployedFromModelerIsWhatANewRequestShows() {
        Modeler modeler = Modeler.of(port, "owner", "owner");
        Map<String, String> files = Modeler.everythingWith(DIAGRAM);
        files.computeIfPresent(NOTICE, (name, form) -> form.replace(HEADING, HEADING + "（新）"));
        Modeler.Answer accepted = modeler.deploy("from Modeler", files);
        assertThat(accepted.status()).as(accepted.response().body()).isEqualTo(200);
        atTheNotice("注销须知（新）");

        files.computeIfPresent(NOTICE, (name, form) -> form.replace("（新）", "（更新）"));
        files.computeIfPresent(DIAGRAM, (name, model) -> model.replace(WITH_VERIFICATION, WITHOUT_VERIFICATION));
        Modeler.Answer refused = modeler.deploy("from Modeler", files);

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.message()).contains(REFUSAL);
        atTheNotice("注销须知（新）");
        deployed(1);
    }

    /** A holder who has just asked for a deregistration and reads the notice. */
    private Tasklist atTheNotice(String heading) {
        Tasklist tasklist = session(viewport);
        tasklist.login(holderLike("acct-10001"));
        tasklist.start("注销账户");
        return tasklist.at(heading);
    }

    private Tasklist owner(BrowserContext session) {
        Tasklist owner = new Tasklist(session.newPage(), null, port, rows);
        owner.login("owner", "owner");
        owner.page().waitForURL("**/tasklist/**");
        return owner;
    }

    private static Locator refusal(Tasklist owner) {
        return owner.page().getByRole(AriaRole.ALERT);
    }

    private void deployed(int times) {
        Awaitility.await().atMost(Duration.ofSeconds(5)).until(() -> checkout.deployed() == times);
    }
}
