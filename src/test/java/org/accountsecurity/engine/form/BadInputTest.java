package org.accountsecurity.engine.form;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.accountsecurity.testing.Journey;
import org.accountsecurity.testing.JourneyTest;
import org.accountsecurity.testing.Snapshot;
import org.accountsecurity.testing.Visitor;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** What a client may send that no form would: a Chinese sentence, and nothing changed. */
class BadInputTest extends JourneyTest {

    private static final String HOLDER = "acct-10001";
    private static final String DEREGISTRATION = "account-deregistration";
    private static final String PHONE_UNBINDING = "phone-unbinding";

    private static final String READ_NOTICE = "UserTask_ReadNotice";
    private static final String ENTER_CODE = "UserTask_EnterCode";
    private static final String ENTER_NEW_PHONE = "UserTask_EnterNewPhone";

    @Autowired
    RepositoryService repository;

    private Visitor visitor;

    @BeforeEach
    void login() {
        visitor = new Visitor(port);
        visitor.login("13800138001", "Demo-10001");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badNotices")
    @DisplayName("a notice is answered as its form declares, or not at all")
    void aNoticeIsAnsweredAsDeclared(String what, Map<String, Object> changed, String sentence) {
        ProcessInstance request = journey.start(DEREGISTRATION, HOLDER);
        Map<String, Object> values = new HashMap<>(Map.of("choice", "CONTINUE", "consent", true, "channel", "SMS"));
        changed.forEach((key, value) -> {
            if ("".equals(value)) {
                values.remove(key);
            } else {
                values.put(key, value);
            }
        });

        refused(request, READ_NOTICE, values, sentence);
    }

    @Test
    @DisplayName("a browser that asks for English is refused in English, with the same status")
    void inEnglish() {
        ProcessInstance request = journey.start(DEREGISTRATION, HOLDER);
        String task = journey.task(request, READ_NOTICE).getId();
        visitor.acceptLanguage("en");

        Visitor.Answer undeclared = visitor.submitUnread(task, Map.of("accountId", "acct-10005"));
        Visitor.Answer unread =
                visitor.submitUnread(task, Map.of("choice", "CONTINUE", "consent", true, "channel", "SMS"));

        assertThat(undeclared.status()).isEqualTo(400);
        assertThat(undeclared.message()).isEqualTo("The form has no field accountId.");
        assertThat(unread.status()).isEqualTo(409);
        assertThat(unread.message()).startsWith("What you answered has just changed");
    }

    static Stream<Arguments> badNotices() {
        return Stream.of(
                Arguments.of("no consent", Map.of("consent", ""), "“我已阅读并同意以上注销须知”须勾选后才能继续。"),
                Arguments.of("consent not ticked", Map.of("consent", false), "“我已阅读并同意以上注销须知”须勾选后才能继续。"),
                Arguments.of("consent as text", Map.of("consent", "true"), "“我已阅读并同意以上注销须知”格式不正确。"),
                Arguments.of("no choice", Map.of("choice", ""), "“您的决定”为必填项。"),
                Arguments.of("a choice of none", Map.of("choice", "CLOSE_NOW"), "“您的决定”选项无效。"),
                Arguments.of("a channel of none", Map.of("channel", "FAX"), "“验证码发到哪里”选项无效。"),
                Arguments.of("a channel as object", Map.of("channel", List.of("SMS")), "“验证码发到哪里”格式不正确。"),
                Arguments.of("an undeclared field", Map.of("accountId", "acct-10005"), "提交了表单中没有的字段：accountId。"),
                Arguments.of("the subject", Map.of("subject", "acct-10005"), "提交了表单中没有的字段：subject。"),
                Arguments.of("a display variable", Map.of("notice", "什么都不删除"), "提交了表单中没有的字段：notice。"),
                Arguments.of("a gateway's variable", Map.of("eligible", true), "提交了表单中没有的字段：eligible。"),
                Arguments.of("a bean's name", Map.of("accountClosing", "x"), "提交了表单中没有的字段：accountClosing。"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badCodes")
    @DisplayName("what can't be a code costs no try")
    void whatCantBeACodeCostsNoTry(String code, String sentence) {
        refused(awaitingCode(), ENTER_CODE, Map.of("choice", "SUBMIT", "code", code), sentence);
    }

    static Stream<Arguments> badCodes() {
        return Stream.of(
                Arguments.of("12345", "“6 位验证码”"),
                Arguments.of("1234567", "“6 位验证码”"),
                Arguments.of("abcdef", "“6 位验证码”"),
                Arguments.of("１２３４５", "“6 位验证码”"),
                Arguments.of("12 34", "“6 位验证码”"),
                Arguments.of("\u200b \u202c", "“6 位验证码”为必填项。"),
                Arguments.of("${1+1}0", "“6 位验证码”"),
                Arguments.of("", "“6 位验证码”为必填项。"),
                Arguments.of("1".repeat(5000), "“6 位验证码”"));
    }

    @Test
    @DisplayName("a wrong code costs one try, and the form says how many are left")
    void aWrongCodeCostsOneTry() {
        ProcessInstance request = awaitingCode();
        journey.deliverCodes();
        String wrong = Journey.wrong(journey.code("13800138001"));

        Visitor.Answer answer = submit(request, ENTER_CODE, Map.of("choice", "SUBMIT", "code", wrong));

        assertThat(answer.status()).isEqualTo(204);
        assertThat(shown(request, ENTER_CODE, "message")).isEqualTo("验证码不正确，还可尝试 4 次。");
    }

    @ParameterizedTest
    @DisplayName("a code is read however it is typed or pasted")
    @ValueSource(strings = {"\u202d%s%s\u202c", "%s %s", " %s-%s ", "%s\u2011%s", "\ufeff%s.\u200b%s"})
    void aCodeIsReadHoweverItIsTyped(String spelling) {
        entersCode(code -> String.format(Locale.ROOT, spelling, code.substring(0, 3), code.substring(3)));
    }

    @ParameterizedTest
    @DisplayName("a code is read in whatever digits it is typed")
    @ValueSource(strings = {"０", "٠", "۰"})
    void aCodeIsReadInWhateverDigits(String zero) {
        entersCode(code -> code.chars()
                .mapToObj(digit -> Character.toString(zero.charAt(0) + digit - '0'))
                .collect(Collectors.joining()));
    }

    private void entersCode(UnaryOperator<String> spelling) {
        ProcessInstance request = awaitingCode();
        journey.deliverCodes();
        String code = spelling.apply(journey.code("13800138001"));

        Visitor.Answer answer = submit(request, ENTER_CODE, Map.of("choice", "SUBMIT", "code", code));

        assertThat(answer.status()).as(answer.body()).isEqualTo(204);
        assertThat(journey.task(request, "UserTask_ConfirmDeregistration")).isNotNull();
    }

    @Test
    @DisplayName("an expired code is called that, and spends nothing")
    void anExpiredCodeSpendsNothing() {
        ProcessInstance request = awaitingCode();
        journey.deliverCodes();
        clock.forward(java.time.Duration.ofMinutes(5));

        submit(request, ENTER_CODE, Map.of("choice", "SUBMIT", "code", journey.code("13800138001")));

        assertThat(shown(request, ENTER_CODE, "message")).isEqualTo("验证码已过期，请选择重新发送。");
        assertThat(rows.number("select count(*) from verification_code where spent_at is not null"))
                .isZero();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badPhones")
    @DisplayName("a number that can't be bound is asked for again, gets no message, and is kept nowhere")
    void aNumberThatCantBeBoundIsAskedForAgain(String phone, String sentence) {
        ProcessInstance request = journey.start(PHONE_UNBINDING, HOLDER);
        journey.submit(request, "UserTask_ReadUnbindingNotice", "choice", "CONTINUE", "channel", "SMS");
        journey.verify(request, "13800138001");
        long messages = rows.count("inbox_message");

        Visitor.Answer answer = submit(request, ENTER_NEW_PHONE, Map.of("choice", "CONTINUE", "newPhone", phone));

        String told = answer.status() == 204 ? shown(request, ENTER_NEW_PHONE, "message") : answer.message();
        assertThat(told).isEqualTo(sentence);
        assertThat(rows.count("inbox_message")).isEqualTo(messages);
        assertThat(rows.count("phone_change")).isZero();
    }

    static Stream<Arguments> badPhones() {
        String invalid = "请输入有效的中国大陆手机号码。";
        return Stream.of(
                Arguments.of("13800138001", "这就是当前绑定的号码，请输入新的手机号。"),
                Arguments.of("+86 138-0013-8001", "这就是当前绑定的号码，请输入新的手机号。"),
                Arguments.of("\u202d+86 (138) 0013 8001\u202c", "这就是当前绑定的号码，请输入新的手机号。"),
                Arguments.of("１３８·００１３·８００１", "这就是当前绑定的号码，请输入新的手机号。"),
                Arguments.of("13800138005", "该号码暂不能绑定，请换一个号码，或联系客服。"),
                Arguments.of("12345", invalid),
                Arguments.of("010-62345678", invalid),
                Arguments.of("+1 202 555 0123", invalid),
                Arguments.of("13800138006x", invalid),
                Arguments.of("1".repeat(31), "“新手机号”过长。"),
                Arguments.of("<b>13900139004</b>", invalid));
    }

    @Test
    @DisplayName("a process starts without variables of the client's")
    void aProcessStartsWithoutVariables() {
        refusedStart(Map.of("variables", Map.of("subject", Map.of("value", "acct-10005"))), "提交了表单中没有的字段：subject。");
    }

    @Test
    @DisplayName("a process starts without a business key of the client's")
    void aProcessStartsWithoutABusinessKey() {
        refusedStart(Map.of("variables", Map.of(), "businessKey", "another-request"), "业务编号由系统生成，不能提交。");
    }

    @Test
    @DisplayName("a process that only others call can't be started")
    void aCalledProcessCantBeStarted() {
        for (String called : List.of("deregistration-preparation", "verification-code", "data-erasure")) {
            Snapshot before = Snapshot.of(jdbc);

            Visitor.Answer answer = visitor.post(start(called), Map.of("variables", Map.of()));

            assertThat(answer.status()).isEqualTo(403);
            assertThat(answer.message()).isEqualTo("您不能进行这项操作。");
            assertThat(Snapshot.of(jdbc).changedSince(before)).isEmpty();
        }
    }

    @Test
    @DisplayName("a step that is over says that it is, not what the engine thinks of it")
    void aStepThatIsOverSaysSo() {
        ProcessInstance request = journey.start(DEREGISTRATION, HOLDER);
        String task = journey.task(request, READ_NOTICE).getId();
        Map<String, Object> withdrawn = Map.of("choice", "WITHDRAW");
        assertThat(visitor.submit(task, withdrawn).status()).isEqualTo(204);

        Visitor.Answer answer = visitor.submit(task, withdrawn);

        assertThat(answer.status()).isGreaterThanOrEqualTo(400);
        assertThat(answer.message()).isEqualTo("这一步已在别处完成或已过期，请刷新页面查看最新进度。");
    }

    @Test
    @DisplayName("another holder's task can't be completed")
    void anotherHoldersTaskCantBeCompleted() {
        ProcessInstance request = journey.start(DEREGISTRATION, "acct-10004");
        Snapshot before = Snapshot.of(jdbc);

        Visitor.Answer answer =
                visitor.submit(journey.task(request, READ_NOTICE).getId(), Map.of("choice", "WITHDRAW"));

        assertThat(answer.status()).isIn(403, 404);
        assertThat(Snapshot.of(jdbc).changedSince(before)).isEmpty();
    }

    private void refusedStart(Map<String, Object> body, String sentence) {
        Snapshot before = Snapshot.of(jdbc);

        Visitor.Answer answer = visitor.post(start(DEREGISTRATION), body);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.message()).isEqualTo(sentence);
        assertThat(Snapshot.of(jdbc).changedSince(before)).isEmpty();
    }

    private void refused(ProcessInstance request, String userTask, Map<String, Object> values, String sentence) {
        String task = journey.task(request, userTask).getId();
        visitor.read(task);
        Snapshot before = Snapshot.of(jdbc);

        Visitor.Answer answer = visitor.submitUnread(task, values);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.message()).startsWith(sentence).matches("\\P{IsLatin}*|.*：[A-Za-z]+。");
        assertThat(Snapshot.of(jdbc).changedSince(before)).isEmpty();
    }

    private Visitor.Answer submit(ProcessInstance request, String userTask, Map<String, Object> values) {
        return visitor.submit(journey.task(request, userTask).getId(), values);
    }

    private String shown(ProcessInstance request, String userTask, String variable) {
        String task = journey.task(request, userTask).getId();
        return visitor.get(Visitor.ENGINE + "/task/" + task + "/form-variables")
                .json()
                .path(variable)
                .path("value")
                .asText();
    }

    private ProcessInstance awaitingCode() {
        ProcessInstance request = journey.start(DEREGISTRATION, HOLDER);
        journey.submit(request, READ_NOTICE, "choice", "CONTINUE", "consent", true, "channel", "SMS");
        return request;
    }

    private String start(String processKey) {
        String definition = repository
                .createProcessDefinitionQuery()
                .processDefinitionKey(processKey)
                .latestVersion()
                .singleResult()
                .getId();
        return Visitor.ENGINE + "/process-definition/" + definition + "/submit-form";
    }
}
