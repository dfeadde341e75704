package org.accountsecurity.browser;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.ConsoleMessage;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.Response;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.accountsecurity.engine.webapp.TasklistRecording;

/**
 * Looks over a holder's shoulder, on every page of a session and at every change of it: English, errors of scripts and of
 * the server, requests that leave the host or that no holder may make.
 */
final class Watcher {

    /** Two Latin words in a row, or a name that is not ours; in what is to be seen, or read out. */
    private static final String SCRIPT = """
            (() => {
              const ENGLISH = /[a-z]{2,}[.,:;!?]?[ \\u00a0]+[a-z]{2,}|tasklist|camunda/i;
              const ALLOWED = ['java VerifyReceipt.java receipt.jws jwks.json'];
              const said = new Set();
              const check = () => {
                const named = [...document.querySelectorAll('[aria-label],[title],[placeholder],[alt]')]
                  .filter((element) => element.checkVisibility())
                  .flatMap((element) => ['aria-label', 'title', 'placeholder', 'alt'].map((name) => element.getAttribute(name)));
                [...(document.body?.innerText ?? '').split('\\n'), ...named]
                  .filter((text) => text && ENGLISH.test(ALLOWED.reduce((rest, words) => rest.replace(words, ''), text)))
                  .filter((text) => !said.has(text))
                  .forEach((text) => {
                    said.add(text);
                    console.error(`English: ${text}`);
                  });
              };
              let waiting;
              new MutationObserver(() => {
                cancelAnimationFrame(waiting);
                waiting = requestAnimationFrame(check);
              }).observe(document, { subtree: true, childList: true, characterData: true, attributes: true });
            })()""";

    /** What Chromium itself logs of an answer; answers are watched as such. */
    private static final String ANSWER = "Failed to load resource";

    /** Now and then Tasklist asks whether the task that it shows is still there, which it need not be. */
    private static final Pattern STILL_THERE =
            Pattern.compile("(404|409) GET .*/task/[^/?]+(/(form|deployed-form)(\\?.*)?)?");

    private final List<String> findings = new CopyOnWriteArrayList<>();
    private final Set<Integer> expected = new ConcurrentSkipListSet<>();
    private final Set<String> knownErrors = new ConcurrentSkipListSet<>();
    private final TasklistRecording recording;

    /** @param language in which pages are watched for English: English itself is read by its own test */
    Watcher(BrowserContext session, TasklistRecording recording, String language) {
        this.recording = recording;
        if (language.startsWith("zh")) {
            session.addInitScript(SCRIPT);
        }
        session.onConsoleMessage(this::listen);
        session.onWebError(error -> fail(error.error()));
        session.onRequest(this::leave);
        session.onResponse(this::answer);
    }

    /** An error that a script, not ours, has in this test. */
    void expect(String error) {
        knownErrors.add(error);
    }

    /** Refusals that are part of this test. */
    void expect(Integer... statuses) {
        expected.addAll(Arrays.asList(statuses));
    }

    List<String> findings() {
        return findings.stream().distinct().collect(Collectors.toList());
    }

    private void listen(ConsoleMessage message) {
        if (message.type().equals("error") && !message.text().startsWith(ANSWER)) {
            findings.add(message.text());
        }
    }

    private void fail(String error) {
        if (knownErrors.stream().noneMatch(error::contains)) {
            findings.add("script: " + error);
        }
    }

    private void leave(Request request) {
        URI uri = URI.create(request.url());
        if (uri.getHost() != null && !uri.getHost().equals("localhost")) {
            findings.add("leaves the host: " + request.url());
        }
        if (uri.getHost() != null) {
            recording.add(request.method(), request.url());
        }
    }

    private void answer(Response response) {
        String answer = response.status() + " " + response.request().method() + " " + response.url();
        if (response.status() >= 400
                && !expected.contains(response.status())
                && !STILL_THERE.matcher(answer).matches()) {
            findings.add(answer);
        }
    }
}
