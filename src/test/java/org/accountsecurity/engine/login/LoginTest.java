package org.accountsecurity.engine.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.accountsecurity.testing.JourneyTest;
import org.accountsecurity.testing.Snapshot;
import org.accountsecurity.testing.Visitor;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.DuplicateKeyException;

class LoginTest extends JourneyTest {

    private static final String TASKLIST = "/camunda/app/tasklist/default/";

    private Visitor visitor;

    @BeforeEach
    void openBrowser() {
        visitor = new Visitor(port);
    }

    @ParameterizedTest
    @DisplayName("what the login page loads does not touch the session, which a login may just be changing")
    @ValueSource(strings = {"/pages.css", "/old-browser.js", "/favicon.ico", "/camunda/favicon.ico"})
    void whatTheLoginPageLoadsDoesNotTouchTheSession(String asset) {
        visitor.login("13800138001", "Demo-10001");
        List<Map<String, Object>> before = sessions();
        assertThat(visitor.get("/receipt").status()).isEqualTo(200);
        assertThat(sessions()).as("another page does").isNotEqualTo(before);
        before = sessions();

        assertThat(visitor.get(asset).status()).isEqualTo(200);

        assertThat(sessions()).isNotEmpty().isEqualTo(before);
    }

    private List<Map<String, Object>> sessions() {
        return jdbc.sql("select * from spring_session order by primary_id")
                .query()
                .listOfRows();
    }

    @ParameterizedTest
    @DisplayName("a holder logs in with phone number or mail, and is known to the engine by account id")
    @ValueSource(
            strings = {
                "13800138001",
                "+86 138 0013 8001",
                "138-0013-8001",
                "\u202d13800138001\u202c",
                "\ufeff138.0013.8001\u2060",
                "138\u20130013\u20138001",
                "１３８－００１３－８００１",
                "demo-10001@example.com",
                "Demo-10001@Example.com",
                "\u200bdemo-10001@exam\u00adple.com ",
                "ｄｅｍｏ－１０００１＠ｅｘａｍｐｌｅ．ｃｏｍ",
                "demo-10001@example。com"
            })
    void aHolderLogsIn(String login) {
        Visitor.Answer answer = visitor.login(login, "Demo-10001");

        assertThat(answer.status()).isEqualTo(302);
        assertThat(answer.location()).endsWith(TASKLIST);
        assertThat(visitor.get("/camunda/api/admin/auth/user/default")
                        .json()
                        .path("userId")
                        .asText())
                .isEqualTo("acct-10001");
    }

    @ParameterizedTest
    @DisplayName("staff log in with Camunda's own users")
    @CsvSource({"admin, admin", "owner, owner", "support, support"})
    void staffLogIn(String user, String password) {
        visitor.login("\u200b" + user + " ", password);

        assertThat(visitor.get("/camunda/api/admin/auth/user/default")
                        .json()
                        .path("userId")
                        .asText())
                .isEqualTo(user);
    }

    @ParameterizedTest
    @DisplayName("whatever is wrong with a login, the answer is the same sentence")
    @CsvSource({
        "13800138001, Demo-10002",
        "13800138001, ''",
        "13899999999, Demo-10001",
        "acct-10001, Demo-10001",
        "nobody@example.com, Demo-10001",
        "'\0', Demo-10001",
        "13800138001, '\u202dDemo-10001\u202c'",
        "13800138001, Ｄｅｍｏ－１０００１",
        "admin, wrong",
        "'', ''"
    })
    void aWrongLoginIsRefused(String login, String password) {
        Visitor.Answer answer = visitor.login(login, password);

        assertThat(answer.location()).endsWith("/login?error");
        assertThat(visitor.get("/login?error").body()).contains("账号或密码不正确，请核对后重新输入。");
        assertThat(visitor.loggedIn()).isFalse();
    }

    @ParameterizedTest
    @DisplayName(
            "no two accounts have one mail address, however it is written, so that everybody who logs in is one account")
    @ValueSource(strings = {"demo-10001@EXAMPLE.COM", "DEMO-10001@example.com"})
    void noTwoAccountsHaveOneMailAddress(String mail) {
        assertThatThrownBy(() -> rows.update(
                        "insert into account (id, status, version, mail, password_hash)"
                                + " values ('acct-20001', 'ACTIVE', 1, ?, '{noop}Demo-20001')",
                        mail))
                .isInstanceOf(DuplicateKeyException.class);

        assertThat(visitor.login(mail, "Demo-10001").location()).endsWith(TASKLIST);
    }

    @ParameterizedTest
    @DisplayName(
            "no account has a phone number in another spelling than a typed one gets, with which nobody could log in")
    @ValueSource(strings = {"+8613800138005", "138 0013 8005", "010-62345678", "85291234567"})
    void noAccountHasAPhoneNumberInAnotherSpelling(String phone) {
        assertThatThrownBy(() -> rows.update("update account set phone = ? where id = 'acct-10001'", phone))
                .isInstanceOf(DataIntegrityViolationException.class);
    }

    @Test
    @DisplayName("neither a failed nor a successful login leaves in the database what was typed")
    void aLoginLeavesNothingThatWasTyped() {
        new Visitor(port).login("13899998888", "Typed-Secret-1");
        new Visitor(port).login("13800138001", "Typed-Secret-2");
        visitor.login("13800138001", "Demo-10001");

        String sessions = jdbc.sql("select attribute_bytes from spring_session_attributes")
                .query((row, number) -> new String(row.getBytes(1), StandardCharsets.ISO_8859_1))
                .list()
                .toString();
        assertThat(sessions)
                .contains("acct-10001")
                .doesNotContain("13899998888", "13800138001", "Typed-Secret", "Demo-10001", "bcrypt");
        assertThat(Snapshot.of(jdbc).rowsByTable().toString()).doesNotContain("13899998888", "Typed-Secret");
    }

    @Test
    @DisplayName("a login without the token of the page is not read, and the page is shown again and says so")
    void aLoginWithoutTokenIsNotRead() {
        Visitor.Answer answer = visitor.postForm("/login", "username=13800138001&password=Demo-10001");

        assertThat(answer.location()).endsWith("/login?again");
        assertThat(visitor.get("/login?again").body()).contains("登录页面已过期，请重新登录");
        assertThat(visitor.loggedIn()).isFalse();
    }

    @Test
    @DisplayName("what is refused without a login begins no session, which would replace that of the login page")
    void whatIsRefusedWithoutALoginBeginsNoSession() {
        visitor.get("/login");
        List<Map<String, Object>> before = sessions();
        Visitor other = new Visitor(port);

        for (String path : List.of("/", TASKLIST, "/own-requests", Visitor.ENGINE + "/task", "/unknown")) {
            assertThat(other.get(path).headers().allValues("Set-Cookie"))
                    .as(path)
                    .isEmpty();
        }
        assertThat(other.post(Visitor.ENGINE + "/task", Map.of()).headers().allValues("Set-Cookie"))
                .isEmpty();
        assertThat(sessions()).isEqualTo(before);
    }

    @ParameterizedTest
    @DisplayName(
            "a page that outlives its session gets a plain 401 for what it asks, not a login page with a session of its own")
    @CsvSource({
        "/own-requests, application/json",
        "/camunda/app/tasklist/scripts/holder.js, */*",
        "/camunda/app/tasklist/styles/logo.svg, 'image/avif,image/webp,image/*,*/*;q=0.8'",
        "/unknown.css, 'text/css,*/*;q=0.1'"
    })
    void aPageThatOutlivesItsSession(String path, String accepted) throws Exception {
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                                .header("Accept", accepted)
                                .build(),
                        HttpResponse.BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().allValues("Set-Cookie")).isEmpty();
    }

    @Test
    @DisplayName("who is not logged in is led to the login, and gets nothing from the engine")
    void whoIsNotLoggedInIsLedToTheLogin() {
        assertThat(visitor.get("/").location()).endsWith("/login");
        assertThat(visitor.get(TASKLIST).location()).endsWith("/login");
        assertThat(visitor.get(Visitor.ENGINE + "/task").status()).isEqualTo(401);
    }

    @ParameterizedTest
    @DisplayName("the webapp's own login and setup are no second door")
    @ValueSource(
            strings = {
                "/camunda/api/admin/auth/user/default/login/tasklist",
                "/camunda/api/admin/auth/user/default/login/welcome",
                "/camunda/api/admin/setup/default/user/create"
            })
    void theWebappsOwnLoginIsClosed(String door) {
        Visitor holder = new Visitor(port);
        holder.login("13800138001", "Demo-10001");

        assertThat(visitor.post(door, Map.of()).status()).isIn(401, 403);
        assertThat(holder.post(door, Map.of()).status()).isEqualTo(403);
    }

    @Test
    @DisplayName("a holder sees the own profile and nobody else's")
    void aHolderSeesNobodyElse() {
        visitor.login("13800138001", "Demo-10001");

        assertThat(visitor.get(Visitor.ENGINE + "/user/acct-10001/profile").status())
                .isEqualTo(200);
        assertThat(visitor.get(Visitor.ENGINE + "/user/acct-10005/profile").status())
                .isEqualTo(404);
        assertThat(visitor.get(Visitor.ENGINE + "/user/admin/profile").status()).isEqualTo(404);
    }

    @Test
    @DisplayName("after a phone change the new number logs in and the old one does not")
    void afterAPhoneChangeTheNewNumberLogsIn() {
        ProcessInstance request = journey.start("phone-unbinding", "acct-10004");
        journey.submit(request, "UserTask_ReadUnbindingNotice", "choice", "CONTINUE", "channel", "SMS");
        journey.verify(request, "13800138004");
        journey.submit(request, "UserTask_EnterNewPhone", "choice", "CONTINUE", "newPhone", "13900139004");
        journey.verify(request, "13900139004");
        journey.submit(request, "UserTask_ConfirmUnbinding", "choice", "CONFIRM");

        assertThat(visitor.login("13800138004", "Demo-10004").location()).endsWith("?error");
        assertThat(visitor.login("13900139004", "Demo-10004").location()).endsWith(TASKLIST);
    }

    @Test
    @DisplayName("a deregistered holder sees the success in the session that is open, and never logs in again")
    void aDeregisteredHolderNeverLogsInAgain() {
        visitor.login("13800138001", "Demo-10001");
        ProcessInstance request = journey.start("account-deregistration", "acct-10001");
        journey.submit(request, "UserTask_ReadNotice", "choice", "CONTINUE", "consent", true, "channel", "SMS");
        journey.verify(request, "13800138001");
        journey.submit(request, "UserTask_ConfirmDeregistration", "choice", "CONFIRM");
        journey.erase(request);
        assertThat(visitor.loggedIn()).isTrue();

        journey.submit(request, "UserTask_AcknowledgeResult");

        assertThat(visitor.loggedIn()).isFalse();
        assertThat(visitor.login("13800138001", "Demo-10001").location()).endsWith("?error");
        assertThat(visitor.login("demo-10001@example.com", "Demo-10001").location())
                .endsWith("?error");
    }
}
