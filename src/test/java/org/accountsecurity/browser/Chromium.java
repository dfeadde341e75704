package org.accountsecurity.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.PlaywrightException;
import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The system's Chromium if there is one, otherwise Playwright's own; without either the test fails. */
final class Chromium implements AutoCloseable {

    private static final List<String> NAMES = List.of("chromium", "chromium-browser", "google-chrome");

    private final Playwright playwright;
    private final Browser browser;

    Chromium() {
        Optional<Path> installed = installed();
        this.playwright = Playwright.create(new Playwright.CreateOptions()
                .setEnv(installed.isPresent() ? Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1") : Map.of()));
        BrowserType.LaunchOptions options = new BrowserType.LaunchOptions().setArgs(List.of("--no-sandbox"));
        installed.ifPresent(options::setExecutablePath);
        try {
            this.browser = playwright.chromium().launch(options);
        } catch (PlaywrightException e) {
            playwright.close();
            throw new IllegalStateException(
                    "The browser tests need Chromium: install the package chromium, or let Playwright download one", e);
        }
    }

    /** A page of a session of its own. */
    Page page(int width, int height) {
        return session(width, height, "zh-CN").newPage();
    }

    /** What shares its cookies, and nothing with any other session. */
    BrowserContext session(int width, int height, String language) {
        return browser.newContext(
                new Browser.NewContextOptions().setViewportSize(width, height).setLocale(language));
    }

    @Override
    public void close() {
        playwright.close();
    }

    private static Optional<Path> installed() {
        return NAMES.stream()
                .flatMap(name -> Stream.of(System.getenv("PATH").split(File.pathSeparator))
                        .map(folder -> Path.of(folder, name)))
                .filter(path -> path.toFile().canExecute())
                .findFirst();
    }

    /** Where pictures go: the build folder, or what {@code -Dpictures=docs/images} names to renew those of the pages. */
    static Path picture(String name) {
        return Path.of(System.getProperty("pictures", "target/pictures"), name + ".png");
    }
}
