package org.accountsecurity.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.LoadState;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What a holder's phone has to load, in bytes as they cross the network. */
class WeightIT extends BrowserTest {

    private static final long FIRST_LOGIN = 1_500_000;
    private static final long LATER = 60_000;

    @Test
    @DisplayName("a first login loads at most 1.5 MB, a later visit 60 kB, and each asks once where the requests stand")
    void aLaterVisitLoadsNextToNothing() {
        Holder holder = holderLike("acct-10001");
        Tasklist tasklist = session(Viewport.PHONE);
        Traffic first = new Traffic(tasklist.page());
        tasklist.login(holder);
        tasklist.page().waitForLoadState(LoadState.NETWORKIDLE);

        Page page = tasklist.page().context().newPage();
        Traffic second = new Traffic(page);
        page.navigate(tasklist.page().url());
        page.locator(".own-requests-offered").waitFor();
        page.waitForLoadState(LoadState.NETWORKIDLE);

        assertThat(first.bytes()).as("a first login, of %s", first.loaded()).isLessThanOrEqualTo(FIRST_LOGIN);
        assertThat(second.bytes()).as("a later visit, of %s", second.loaded()).isLessThanOrEqualTo(LATER);
        assertThat(first.loaded("/own-requests")).hasSize(1);
        assertThat(first.loaded("/favicon.ico")).isNotEmpty().doesNotHaveDuplicates();
        assertThat(second.loaded("/own-requests")).hasSize(1);
    }

    @Test
    @DisplayName("what is ours comes from an address with the build, but for what names it")
    void everyAddressHasTheBuild() {
        Tasklist tasklist = session(Viewport.PHONE);
        Traffic traffic = new Traffic(tasklist.page());
        tasklist.login(holderLike("acct-10001"));

        assertThat(traffic.loaded())
                .filteredOn(url -> url.contains("/tasklist/scripts/") || url.contains("/tasklist/styles/"))
                .filteredOn(url -> !url.contains("/scripts/config.js"))
                .hasSizeGreaterThan(7)
                .allMatch(url -> url.matches(".*/camunda/static/[0-9a-f]{12}/.*"));
    }

    /** What one page loads, but for what its browser has. */
    private static final class Traffic {

        private final Map<String, String> requests = new ConcurrentHashMap<>();
        private final List<String> loaded = new CopyOnWriteArrayList<>();
        private final AtomicLong bytes = new AtomicLong();

        Traffic(Page page) {
            CDPSession network = page.context().newCDPSession(page);
            network.on("Network.requestWillBeSent", this::begin);
            network.on("Network.loadingFinished", this::finish);
            network.send("Network.enable");
        }

        private void begin(JsonObject event) {
            if (event.has("redirectResponse")) {
                add(event.getAsJsonObject("redirectResponse"));
            }
            requests.put(
                    event.get("requestId").getAsString(),
                    event.getAsJsonObject("request").get("url").getAsString());
        }

        private void finish(JsonObject event) {
            if (add(event) > 0) {
                loaded.add(requests.get(event.get("requestId").getAsString()));
            }
        }

        private long add(JsonObject answer) {
            long length = answer.get("encodedDataLength").getAsLong();
            bytes.addAndGet(length);
            return length;
        }

        long bytes() {
            return bytes.get();
        }

        List<String> loaded() {
            return loaded;
        }

        List<String> loaded(String path) {
            return loaded.stream().filter(url -> url.endsWith(path)).toList();
        }
    }
}
