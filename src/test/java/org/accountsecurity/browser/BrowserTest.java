package org.accountsecurity.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import java.util.ArrayList;
import java.util.List;
import org.accountsecurity.AccountSecurityApplication;
import org.accountsecurity.engine.webapp.TasklistRecording;
import org.accountsecurity.testing.Journey;
import org.accountsecurity.testing.Rows;
import org.accountsecurity.verification.Outbox;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.test.context.ActiveProfiles;

/**
 * The demo as a newcomer sees it: a real browser, the real clock, the job executor running. All that inherit from here
 * share one context, and every session is watched.
 */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        classes = {AccountSecurityApplication.class, BrowserTest.Time.class},
        properties = {
            "spring.datasource.url=jdbc:h2:mem:browser;LOCK_TIMEOUT=10000;DB_CLOSE_DELAY=-1",
            // takes a process of its own each time: RehearsedDeploymentIT
            "account-security.rehearsal.at-deployment=false"
        })
@ActiveProfiles("demo")
abstract class BrowserTest {

    static final TasklistRecording RECORDING = new TasklistRecording();

    static Chromium chromium;

    @LocalServerPort
    int port;

    @Autowired
    Rows rows;

    @Autowired
    MovableClock clock;

    private final List<Tasklist> opened = new ArrayList<>();

    @org.springframework.boot.test.context.TestConfiguration(proxyBeanMethods = false)
    @Import({Journey.class, Outbox.class, Rows.class})
    static class Time {

        @Bean
        @Primary
        MovableClock movableClock() {
            return new MovableClock();
        }
    }

    @BeforeAll
    static void openBrowser() {
        chromium = new Chromium();
    }

    @AfterAll
    static void closeBrowser() {
        if (chromium != null) {
            chromium.close();
        }
    }

    /** All of these tests log in from one network. */
    @BeforeEach
    void forgetLogins() {
        rows.update("delete from login_attempt");
    }

    @AfterEach
    void nothingWasFound() {
        clock.reset();
        closeSessions();
        assertThat(opened)
                .allSatisfy(
                        tasklist -> assertThat(tasklist.watcher().findings()).isEmpty());
        assertThat(RECORDING.notAllowed()).isEmpty();
    }

    /** A session of its own, in Chinese, watched. */
    Tasklist session(Viewport viewport) {
        return session(viewport, "zh-CN");
    }

    Tasklist session(Viewport viewport, String language) {
        BrowserContext context = chromium.session(viewport.width, viewport.height, language);
        Watcher watcher = new Watcher(context, RECORDING, language);
        Tasklist tasklist = new Tasklist(context.newPage(), watcher, port, rows);
        opened.add(tasklist);
        return tasklist;
    }

    /** Before a test takes away what they show. */
    void closeSessions() {
        opened.forEach(tasklist -> tasklist.page().context().close());
    }

    Holder holderLike(String template) {
        return Holder.like(template, rows);
    }

    long count(String table, String column, String value) {
        return rows.number("select count(*) from " + table + " where " + column + " = ?", value);
    }
}
