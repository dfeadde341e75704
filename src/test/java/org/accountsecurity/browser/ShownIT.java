package org.accountsecurity.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What a form shows is what the holder answers, and data of the shop is shown as somebody typed it. */
class ShownIT extends BrowserTest {

    /** FEEL, Markdown, HTML and links, all of which form-js would make something of. */
    private static final String PLAN =
            "X{{1+1}}Y {z} **b** _i_ <img/src=x><b>h</b> [去](https://evil.example/) www.evil.example &lt; \"q\" \\";

    @Autowired
    RuntimeService runtime;

    @Autowired
    TaskService tasks;

    @Test
    @DisplayName("a notice that changes while it is read is shown anew, with the reason, and only then agreed to")
    void aNoticeThatChangesIsShownAnew() {
        Holder holder = holderLike("acct-10001");
        Tasklist tasklist = session(Viewport.PHONE);
        tasklist.watcher().expect(409);
        tasklist.login(holder);
        tasklist.start("注销账户");
        tasklist.at("注销须知");
        tasklist.tick("同意，继续注销");
        tasklist.tick("我已阅读并同意以上注销须知");
        tasklist.tick("短信 " + holder.maskedPhone());
        rows.update(
                "update notice set text = '- 另一份须知' where request_id = (select id from holder_request where open_for = ?)",
                holder.id());

        assertThat(tasklist.answered(tasklist::submit).status()).isEqualTo(409);

        assertThat(tasklist.form()).containsText("另一份须知");
        assertThat(tasklist.page().locator(".page-notifications")).containsText("请阅读现在显示的内容");
        assertThat(count("holder_answer", "account_id", holder.id())).isZero();
        tasklist.consent("短信 " + holder.maskedPhone());
        tasklist.at("输入验证码");
        assertThat(count("holder_answer", "account_id", holder.id())).isOne();
    }

    @Test
    @DisplayName("the name of a plan is shown as it is, in the table, in the box to tick and in a text")
    void theNameOfAPlanIsShownAsItIs() {
        Holder holder = holderLike("acct-10002");
        rows.update("update subscription set plan = ? where account_id = ?", PLAN, holder.id());
        Tasklist tasklist = session(Viewport.DESK);
        tasklist.login(holder);
        tasklist.start("注销账户");
        tasklist.at("还有事项未完成");
        runtime.setVariable(
                tasks.createTaskQuery().taskAssignee(holder.id()).singleResult().getExecutionId(), "message", PLAN);
        tasklist.page().reload();
        tasklist.at("还有事项未完成");
        tasklist.tick("代我办理勾选的事项");

        assertThat(tasklist.form().locator(".fjs-table-td").filter(new Locator.FilterOptions().setHasText("订阅")))
                .hasText("订阅：" + PLAN);
        assertThat(tasklist.form()
                        .locator(".fjs-form-field-checklist label")
                        .filter(new Locator.FilterOptions().setHasText("订阅")))
                .hasText("订阅：" + PLAN);
        assertThat(tasklist.form()
                        .locator(".fjs-form-field-text strong")
                        .filter(new Locator.FilterOptions().setHasText("X")))
                .hasText(PLAN);
        assertThat(tasklist.form().locator("a[href*=evil], img")).hasCount(0);
    }
}
