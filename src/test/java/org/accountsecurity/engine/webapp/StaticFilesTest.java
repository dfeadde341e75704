package org.accountsecurity.engine.webapp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.accountsecurity.testing.ApplicationTest;
import org.accountsecurity.testing.Visitor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/** What a browser may keep of the webapp, for how long, and what is compressed. */
@ApplicationTest
class StaticFilesTest {

    @LocalServerPort
    int port;

    @Autowired
    StaticFiles files;

    private Visitor holder;

    @BeforeEach
    void login() {
        holder = new Visitor(port);
        holder.login("13800138001", "Demo-10001");
    }

    @ParameterizedTest
    @ValueSource(strings = {"tasklist", "cockpit", "admin", "welcome"})
    @DisplayName("each script and style that a page names has the build in its address")
    void eachFileOfAPageHasTheBuild(String app) {
        Visitor admin = new Visitor(port);
        admin.login("admin", "admin");

        List<String> links = Pattern.compile("(?:src|href)=\"([^\"]+\\.(?:js|css)[^\"]*)\"")
                .matcher(admin.get("/camunda/app/" + app + "/default/").body())
                .results()
                .map(link -> link.group(1))
                .toList();

        assertThat(links)
                .hasSizeGreaterThan(4)
                .allSatisfy(link -> assertThat(link).startsWith("/camunda/static/" + files.build() + "/"))
                .allSatisfy(link -> assertThat(kept(admin.get(link))).contains("immutable", "private"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/camunda/lib/ngDefine.js?bust=7.24.0",
                "/camunda/app/tasklist/scripts/config.js?bust=1",
                "/camunda/app/tasklist/locales/zh.json?bust=7.24.0",
                "/camunda/api/tasklist/plugin/tasklistPlugins/static/app/plugin.js?bust=7.24.0",
                "/camunda/static/0123456789ab/lib/deps.js",
                "/camunda/static/0123456789ab/app/tasklist/scripts/holder.js?bust=7.24.0",
                "/pages.css"
            })
    @DisplayName("what has the build of no node or of another in its address is asked for each time, and sent once")
    void withoutTheBuildItIsAskedFor(String address) {
        Visitor.Answer first = holder.get(address);
        Visitor.Answer again = holder.get(address, "If-None-Match", first.header("ETag"));
        Visitor.Answer old = holder.get(address, "If-None-Match", "W/\"0123456789ab\"");

        assertThat(first.status()).isEqualTo(200);
        assertThat(kept(first)).isEqualTo("private, no-cache");
        assertThat(again.status()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
        assertThat(old.status()).isEqualTo(200);
    }

    @Test
    @DisplayName("the icon is kept for a day")
    void theIconIsKept() {
        assertThat(kept(new Visitor(port).get("/favicon.ico"))).isEqualTo("public, max-age=86400");
        assertThat(kept(holder.get("/camunda/favicon.ico"))).isEqualTo("public, max-age=86400");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"gzip, deflate, br | gzip", "x;q=1, gzip;q=0.5 | gzip", "gzip;q=0, br |", "br |", "'' |"})
    @DisplayName("a script is compressed for those who take gzip, and has the same type for all")
    void aScriptIsCompressed(String accepted, String encoding) {
        String script = "/camunda/static/" + files.build() + "/app/tasklist/scripts/holder.js?bust=7.24.0";

        Visitor.Answer answer = holder.get(script, "Accept-Encoding", accepted);

        assertThat(answer.header("Content-Encoding")).isEqualTo(encoding == null ? "" : encoding);
        assertThat(answer.header("Content-Type")).isEqualToIgnoringCase("text/javascript;charset=UTF-8");
        assertThat(answer.header("Vary")).contains("Accept-Encoding");
    }

    @Test
    @DisplayName("what is compressed is compressed once, and is what it was")
    void whatIsCompressedIsWhatItWas() throws IOException {
        byte[] compressed = files.compressed("/camunda/lib/deps.js");

        assertThat(compressed).hasSizeLessThan(1_140_000).isSameAs(files.compressed("/camunda/lib/deps.js"));
        assertThat(new GZIPInputStream(new ByteArrayInputStream(compressed)).readAllBytes())
                .isEqualTo(files.content("/camunda/lib/deps.js"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/camunda/app/tasklist/default/",
                "/login",
                "/own-requests",
                "/camunda/api/admin/auth/user/default",
                Visitor.ENGINE + "/filter?resourceType=Task"
            })
    @DisplayName("an answer that could hold a secret is neither compressed nor kept")
    void anAnswerWithASecretIsNotCompressed(String address) {
        Visitor.Answer answer = holder.get(address, "Accept-Encoding", "gzip, deflate, br");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Encoding")).isEmpty();
        assertThat(kept(answer)).contains("no-store");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"app/cockpit/scripts/config.js", "security-rules.json", "app/tasklist/index.html", "lib/no.js"})
    @DisplayName("an address with the build opens nothing that was closed")
    void anAddressWithTheBuildOpensNothing(String file) {
        String address = "/camunda/static/" + files.build() + "/" + file;

        assertThat(new Visitor(port).get(address).location()).endsWith("/login");
        assertThat(holder.get(address).status()).isIn(403, 404);
    }

    @Test
    @DisplayName("another content of any file, and another file, is another build")
    void anotherContentIsAnotherBuild(@TempDir Path folder) throws IOException {
        Path scripts =
                Files.createDirectories(folder.resolve("META-INF/resources/webjars/camunda/app/tasklist/scripts"));

        Files.writeString(scripts.resolve("countdown.js"), "1");
        String first = build(folder);
        Files.writeString(scripts.resolve("countdown.js"), "2");
        String changed = build(folder);
        Files.writeString(scripts.resolve("more.js"), "");
        String more = build(folder);

        assertThat(List.of(first, changed, more)).doesNotHaveDuplicates();
        assertThat(build(folder)).isEqualTo(more);
    }

    private static String build(Path folder) throws IOException {
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {folder.toUri().toURL()}, null)) {
            return new StaticFiles(new PathMatchingResourcePatternResolver(loader)).build();
        }
    }

    private static String kept(Visitor.Answer answer) {
        return answer.header("Cache-Control");
    }
}
