package org.accountsecurity.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import org.accountsecurity.engine.webapp.TasklistRecording;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What the other tests rely on being noticed. */
class WatcherIT {

    @Test
    @DisplayName("English, an error of a script and a request to elsewhere are noticed, Chinese is not")
    void whatShouldNotBeIsNoticed() {
        try (Chromium chromium = new Chromium()) {
            BrowserContext session = chromium.session(390, 844, "zh-CN");
            Watcher watcher = new Watcher(session, new TasklistRecording(), "zh-CN");
            session.route("http://shop.example/", route -> route.abort());
            Page page = session.newPage();
            page.setContent("<p>第三方登录：QQ</p><p>d***@example.com</p>");
            page.evaluate("() => new Promise((seen) => requestAnimationFrame(() => requestAnimationFrame(seen)))");
            assertThat(watcher.findings()).isEmpty();

            page.waitForConsoleMessage(() -> page.evaluate("() => document.body.append('Something went wrong')"));
            page.evaluate(
                    "() => fetch('http://shop.example/').catch(() => setTimeout(() => { throw new Error('broken'); }))"
                            + ".then(() => new Promise((seen) => setTimeout(seen)))");

            assertThat(watcher.findings())
                    .anyMatch(finding -> finding.contains("Something went wrong"))
                    .anyMatch(finding -> finding.contains("broken"))
                    .anyMatch(finding -> finding.contains("shop.example"));
        }
    }
}
