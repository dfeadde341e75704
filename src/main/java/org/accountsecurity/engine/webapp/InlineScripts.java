package org.accountsecurity.engine.webapp;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.accountsecurity.engine.brand.Brand;
import org.camunda.bpm.webapp.impl.engine.ProcessEnginesFilter;
import org.springframework.core.io.ClassPathResource;

/**
 * The inline script of each page of the webapp, as a source for its content security policy: the hash of the script in the
 * webjar with the plugins that there are, which are known once the webapp runs. What a page really contains is not asked, so
 * that a script that got into it is not run.
 */
final class InlineScripts {

    private static final Pattern INLINE = Pattern.compile("<script(?![^>]*\\ssrc)[^>]*>(.*?)</script>", Pattern.DOTALL);

    private final Map<String, String> sources = new ConcurrentHashMap<>();

    /** Such as {@code 'sha256-…'}; empty if there is no such page. */
    String source(String app) {
        return sources.computeIfAbsent(app, InlineScripts::hashes);
    }

    private static String hashes(String app) {
        ClassPathResource page = new ClassPathResource(Brand.WEBJAR + "app/" + app + "/index.html");
        if (!page.exists()) {
            return "";
        }
        try {
            return INLINE.matcher(new Page().filledIn(page.getContentAsString(StandardCharsets.UTF_8), app))
                    .results()
                    .map(script -> "'sha256-" + hash(script.group(1)) + "'")
                    .collect(Collectors.joining(" "));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String hash(String script) {
        try {
            return Base64.getEncoder()
                    .encodeToString(
                            MessageDigest.getInstance("SHA-256").digest(script.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Fills in a page as the filter does that serves it. */
    private static final class Page extends ProcessEnginesFilter {

        String filledIn(String page, String app) {
            return replacePlaceholder(page, app, "default", Brand.WEBAPP, "", null);
        }
    }
}
