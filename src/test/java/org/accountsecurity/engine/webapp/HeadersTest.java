package org.accountsecurity.engine.webapp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.accountsecurity.testing.JourneyTest;
import org.accountsecurity.testing.Visitor;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a browser is told beside the content. */
class HeadersTest extends JourneyTest {

    private static final Pattern INLINE = Pattern.compile("<script(?![^>]*\\ssrc)[^>]*>(.*?)</script>", Pattern.DOTALL);

    @ParameterizedTest
    @ValueSource(strings = {"tasklist", "cockpit", "admin", "welcome"})
    @DisplayName("the one inline script of a page is allowed by its hash, and no other")
    void theInlineScriptIsAllowedByItsHash(String app) {
        Visitor admin = new Visitor(port);
        admin.login("admin", "admin");
        Visitor.Answer page = admin.get("/camunda/app/" + app + "/default/");

        String policy = page.header("Content-Security-Policy");
        List<MatchResult> inline = INLINE.matcher(page.body()).results().toList();
        assertThat(inline)
                .hasSize(1)
                .allSatisfy(script -> assertThat(policy).contains("'sha256-" + sha256(script.group(1)) + "'"));
        assertThat(policy).containsOnlyOnce("sha256-");
        assertThat(policy).matches(".*script-src [^;]*;.*").doesNotContainPattern("script-src [^;]*'unsafe-inline'");
    }

    @Test
    @DisplayName(
            "our own pages run no script from elsewhere, are in no frame, no cache, and tell nobody where one comes from")
    void ourOwnPagesAreGuarded() {
        Visitor.Answer page = new Visitor(port).get("/login");

        assertThat(page.header("Content-Security-Policy")).startsWith("default-src 'self';");
        assertThat(page.header("X-Frame-Options")).isEqualTo("DENY");
        assertThat(page.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(page.header("Referrer-Policy")).isEqualTo("no-referrer");
        assertThat(page.header("Cache-Control")).contains("no-store");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            en | en
            en-GB, zh;q=0.5 | en
            zh-TW, en;q=0.5 | zh-CN
            fr | zh-CN
            ar-EG, fr | zh-CN
            - | zh-CN
            en,-;q=1 | zh-CN
            en;q=x | zh-CN
            "" | zh-CN
            """)
    @DisplayName("a page is in one of two languages whatever the browser asks for, that of an error too")
    void aPageIsInOneOfTwoLanguages(String asked, String language) {
        Visitor holder = new Visitor(port);
        holder.login("13800138001", "Demo-10001");

        Visitor.Answer page = new Visitor(port).get("/login", "Accept-Language", asked);
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.body()).contains("<html lang=\"" + language + "\">");
        Visitor.Answer error = holder.get("/trail/nothing", "Accept-Language", asked);
        assertThat(error.status()).isGreaterThanOrEqualTo(400);
        assertThat(error.body()).contains("<html lang=\"" + language + "\">");
        assertThat(new Visitor(port)
                        .get("/login", "Accept-Language", "en" + ",zh-cmn".repeat(1_000))
                        .body())
                .contains("<html lang=\"zh-CN\">");
    }

    @Test
    @DisplayName("the session's cookie is for HTTP alone and for this site alone, and another one after the login")
    void theSessionsCookieIsGuarded() {
        Visitor visitor = new Visitor(port);
        String before = visitor.get("/login").header("Set-Cookie");
        String after = visitor.login("13800138001", "Demo-10001").header("Set-Cookie");

        assertThat(before).startsWith("SESSION=").contains("HttpOnly").contains("SameSite=Lax");
        assertThat(after).startsWith("SESSION=").contains("HttpOnly").contains("SameSite=Lax");
        assertThat(after.split(";")[0]).isNotEqualTo(before.split(";")[0]);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/form", "/deployed-form", "/form-variables"})
    @DisplayName("what a form shows is kept in no cache")
    void formsAreInNoCache(String what) {
        Visitor holder = new Visitor(port);
        holder.login("13800138001", "Demo-10001");
        String task = journey.task(journey.start("account-deregistration", "acct-10001"), "UserTask_ReadNotice")
                .getId();

        Visitor.Answer answer = holder.get(Visitor.ENGINE + "/task/" + task + what);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Cache-Control")).contains("no-store");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/webjars/camunda/securityFilterRules.json",
                "/webjars/camunda/app/tasklist/index.html",
                "/actuator",
                "/actuator/env",
                "/actuator/health",
                "/actuator/health/db",
                "/actuator/prometheus",
                "/actuator/heapdump",
                "/h2-console",
                "/nothing-here"
            })
    @DisplayName("what is not for the public gives nothing away")
    void whatIsNotForThePublicGivesNothingAway(String path) {
        Visitor holder = new Visitor(port);
        holder.login("13800138001", "Demo-10001");

        assertThat(new Visitor(port).get(path).location()).endsWith("/login");
        assertThat(holder.get(path).status()).isEqualTo(403);
        assertThat(holder.get(path).body()).doesNotContainIgnoringCase("spring", "camunda", "tomcat", path);
    }

    @ParameterizedTest
    @CsvSource({"PROPFIND", "TRACE", "FOO"})
    @DisplayName("an answer to nonsense gives nothing away")
    void anAnswerToNonsenseGivesNothingAway(String method) {
        Visitor holder = new Visitor(port);
        holder.login("13800138001", "Demo-10001");

        Visitor.Answer answer = holder.send(method, "/camunda/app/tasklist/default/", Map.of());

        assertThat(answer.status()).isBetween(400, 501);
        assertThat(answer.body())
                .doesNotContainIgnoringCase("spring", "camunda", "tomcat", "exception", "\tat ", "/default/");
    }

    @Test
    @DisplayName("the error page is no page of its own, and a redirect does not repeat the host that the client names")
    void theErrorPageIsNoPage() {
        Visitor visitor = new Visitor(port);

        assertThat(visitor.get("/error").status()).isEqualTo(302);
        assertThat(visitor.get("/").location()).isEqualTo("/login");
    }

    @Test
    @DisplayName("a path in front of the addresses that a client names changes no address")
    void aForwardedPrefixChangesNothing() {
        Visitor visitor = new Visitor(port);

        assertThat(visitor.get("/", "X-Forwarded-Prefix", "/shop").location()).isEqualTo("/login");
        assertThat(visitor.get("/login", "X-Forwarded-Prefix", "/shop").body())
                .contains("action=\"/login\"")
                .doesNotContain("/shop");
    }

    private static String sha256(String text) {
        try {
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
