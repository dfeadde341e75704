package org.accountsecurity.engine.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.accountsecurity.testing.JourneyTest;
import org.accountsecurity.testing.Race;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** What process owners asked for and get without Java: each walks a changed copy of a shipped diagram. */
class OwnersWishesTest extends JourneyTest {

    private static final String DEREGISTRATION = "account-deregistration";
    private static final String CONFIRM = "UserTask_ConfirmDeregistration";
    private static final String CALL = "UserTask_CallHolder";
    private static final String REMINDER = "SendTask_Remind";
    private static final String REASONS = """
            "components": [{"type": "radio", "key": "reason", "id": "Field_reason", "label": "您为什么离开",
              "values": [{"label": "太贵", "value": "TOO_EXPENSIVE"}, {"label": "用不上", "value": "NOT_NEEDED"}],
              "properties": {"counted": "leaving-reason"}},""";
    private static final String TABLE = """
            <?xml version="1.0" encoding="UTF-8"?>
            <definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" xmlns:camunda="http://camunda.org/schema/1.0/dmn" id="Definitions_who-is-called" name="致电谁" namespace="http://accountsecurity.org/dmn">
              <decision id="who-is-called" name="致电谁" camunda:historyTimeToLive="P190D">
                <decisionTable id="DecisionTable_who-is-called" hitPolicy="FIRST">
                  <input id="Input_days"><inputExpression id="InputExpression_days" typeRef="long"><text>daysOpen</text></inputExpression></input>
                  <input id="Input_membershipLevel"><inputExpression id="InputExpression_membershipLevel" typeRef="string"><text>membershipLevel</text></inputExpression></input>
                  <input id="Input_eligible"><inputExpression id="InputExpression_cooling" typeRef="string"><text>subject</text></inputExpression></input>
                  <output id="Output_answer" name="answer" typeRef="string" />
                  <rule id="Rule_1"><inputEntry id="R1_1"><text>&gt;= 365</text></inputEntry><inputEntry id="R1_2"><text>"VIP", "GOLD"</text></inputEntry><inputEntry id="R1_3"><text></text></inputEntry><outputEntry id="R1_4"><text>"CALL"</text></outputEntry></rule>
                  <rule id="Rule_2"><inputEntry id="R2_1"><text>[0..30]</text></inputEntry><inputEntry id="R2_2"><text>-</text></inputEntry><inputEntry id="R2_3"><text></text></inputEntry><outputEntry id="R2_4"><text>"CALL"</text></outputEntry></rule>
                  <rule id="Rule_3"><inputEntry id="R3_1"><text></text></inputEntry><inputEntry id="R3_2"><text></text></inputEntry><inputEntry id="R3_3"><text></text></inputEntry><outputEntry id="R3_4"><text>"GO_ON"</text></outputEntry></rule>
                </decisionTable>
              </decision>
            </definitions>""";

    @Autowired
    DeploymentGuard guard;

    @Autowired
    MeterRegistry registry;

    // a question whose answer is kept

    @Test
    @DisplayName("the answer to a question of the owner's is counted by day, with nothing that leads to the holder")
    void anAnswerIsCounted() {
        deploy(counted());
        double before = answers("TOO_EXPENSIVE");

        ProcessInstance request = journey.start(DEREGISTRATION, "acct-10001");
        withdraw(request, "TOO_EXPENSIVE");

        assertThat(jdbc.sql("select question, answer, answered_on, answers from answer_count")
                        .query((row, number) -> List.of(
                                row.getString(1), row.getString(2), row.getObject(3, LocalDate.class), row.getLong(4)))
                        .list())
                .containsExactly(List.of(
                        "leaving-reason", "TOO_EXPENSIVE", LocalDate.ofInstant(clock.instant(), clock.getZone()), 1L));
        assertThat(answers("TOO_EXPENSIVE")).isEqualTo(before + 1);
        assertThat(journey.running(request)).isFalse();
    }

    @Test
    @DisplayName("who submits twice is counted once, and all who answer at the same moment are counted")
    void everybodyIsCountedOnce() throws InterruptedException {
        deploy(counted());
        List<Task> tasks = Stream.of("acct-10001", "acct-10004", "acct-10005")
                .map(holder -> journey.task(journey.start(DEREGISTRATION, holder), "UserTask_ReadNotice"))
                .toList();

        List<Task> twice = Stream.concat(tasks.stream(), tasks.stream()).toList();
        AtomicInteger next = new AtomicInteger();
        List<Throwable> thrown = Race.run(
                twice.size(),
                () -> journey.submit(twice.get(next.getAndIncrement()), "choice", "WITHDRAW", "reason", "NOT_NEEDED"));

        assertThat(thrown.stream().filter(Collections.<Throwable>singletonList(null)::contains))
                .hasSize(3);
        assertThat(counts()).containsOnly(Map.entry("NOT_NEEDED", 3L));
    }

    @Test
    @DisplayName("an answer that the form does not list, or whose submission is refused, is not counted")
    void whatIsRefusedIsNotCounted() {
        deploy(counted());
        ProcessInstance request = journey.start(DEREGISTRATION, "acct-10001");

        assertThatThrownBy(() -> withdraw(request, "我叫林一，电话 13800138001")).hasMessageContaining("选项无效");
        assertThatThrownBy(() -> journey.submit(request, "UserTask_ReadNotice", "reason", "NOT_NEEDED"))
                .hasMessageContaining("必填");

        assertThat(counts()).isEmpty();
        withdraw(request, "NOT_NEEDED");
        assertThat(counts()).containsOnly(Map.entry("NOT_NEEDED", 1L));
    }

    @Test
    @DisplayName("what staff answer in a form of theirs is not counted")
    void staffAreNotCounted() {
        deploy(asking(
                        "<bpmn:conditionExpression xsi:type=\"bpmn:tFormalExpression\">${accountFacts.membershipLevel == 'VIP'}</bpmn:conditionExpression>")
                .replace("read-refusal.form", "\"components\": [", REASONS));
        ProcessInstance request = consented("acct-10004");

        journey.submitAs("support", journey.task(request, CALL), "reason", "NOT_NEEDED");

        assertThat(counts()).isEmpty();
    }

    static Stream<Arguments> questions() {
        return Stream.of(
                arguments("free text", "\"type\": \"radio\"", "\"type\": \"textfield\""),
                arguments("a name that says nothing", "leaving-reason", "离开的原因"),
                arguments("an answer with a phone number", "\"NOT_NEEDED\"", "\"13800138001\""),
                arguments("options that somebody else gives", "\"values\"", "\"valuesKey\": \"items\", \"other\""));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("questions")
    @DisplayName("a question that could keep something personal is refused")
    void aPersonalQuestionIsRefused(String what, String text, String otherwise) {
        ModelEdit edit = new ModelEdit()
                .replace("read-deregistration-notice.form", "\"components\": [", REASONS.replace(text, otherwise));

        assertThat(refusals(edit)).anyMatch(refusal -> refusal.contains("reason 不能计数"));
    }

    // the account's age and membership level

    @ParameterizedTest
    @CsvSource({"acct-10004,true", "acct-10001,false"})
    @DisplayName("a diagram asks what the shop makes of the holder")
    void aDiagramAsksForTheStanding(String holder, boolean called) {
        deploy(
                asking(
                        "<bpmn:conditionExpression xsi:type=\"bpmn:tFormalExpression\">${accountFacts.membershipLevel == 'VIP'}</bpmn:conditionExpression>"));

        ProcessInstance request = consented(holder);

        assertThat(journey.waitsAt(request, CALL)).isEqualTo(called);
        assertThat(stored("VIP")).isZero();
        finish(request, holder, called);
    }

    @ParameterizedTest
    @CsvSource({"acct-10001,true", "acct-10003,false"})
    @DisplayName("a diagram asks how old the account is")
    void aDiagramAsksForTheAge(String holder, boolean called) {
        deploy(
                asking(
                        "<bpmn:conditionExpression xsi:type=\"bpmn:tFormalExpression\">${accountFacts.daysOpen &gt; 365}</bpmn:conditionExpression>"));

        ProcessInstance request = settled(holder);

        assertThat(journey.waitsAt(request, CALL)).isEqualTo(called);
    }

    @Test
    @DisplayName("a day has passed once it is over")
    void aDayHasPassedOnceItIsOver() {
        deploy(
                asking(
                        "<bpmn:conditionExpression xsi:type=\"bpmn:tFormalExpression\">${accountFacts.daysOpen &gt; 365}</bpmn:conditionExpression>"));
        clock.forward(Duration.ofMinutes(1));
        openedAgo("acct-10001", Duration.ofDays(366).minusSeconds(1));
        openedAgo("acct-10004", Duration.ofDays(366));

        assertThat(journey.waitsAt(consented("acct-10001"), CALL)).isFalse();
        assertThat(journey.waitsAt(consented("acct-10004"), CALL)).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "${accountFacts.phone == 'x'}",
                "${accountFacts.balance > 100}",
                "${accountFacts.daysOpen == 'VIP'}",
                "${accountFacts.membershipLevel > 3}",
                "${accountFacts.membershipLevel}",
                "${accounts.membershipLevel == 'VIP'}",
                "${accountFacts.class == 'VIP'}"
            })
    @DisplayName("a fact that the system does not know is refused")
    void anUnknownFactIsRefused(String condition) {
        ModelEdit edit = asking("<bpmn:conditionExpression xsi:type=\"bpmn:tFormalExpression\">"
                + condition.replace(">", "&gt;") + "</bpmn:conditionExpression>");

        assertThat(refusals(edit)).anyMatch(refusal -> refusal.contains("不允许"));
    }

    // a table of the owner's own

    @ParameterizedTest
    @CsvSource({"acct-10004,true", "acct-10001,false"})
    @DisplayName("a table of the owner's decides where the request goes")
    void anOwnTableDecides(String holder, boolean called) {
        deploy(withTable(TABLE));

        ProcessInstance request = consented(holder);

        assertThat(journey.waitsAt(request, CALL)).isEqualTo(called);
        assertThat(stored("VIP")).isZero();
        assertThat(jdbc.sql("select count(*) from act_ru_variable where name_ in ('daysOpen', 'membershipLevel')")
                        .query(Long.class)
                        .single())
                .isZero();
        finish(request, holder, called);
    }

    @Test
    @DisplayName("a request keeps the table that came with its diagram")
    void aRequestKeepsItsTable() {
        deploy(withTable(TABLE));
        ProcessInstance before = journey.start(DEREGISTRATION, "acct-10004");
        deploy(withTable(TABLE.replace("\"CALL\"", "\"GO_ON\"")));

        consent(before);

        assertThat(journey.waitsAt(before, CALL)).isTrue();
        assertThat(journey.waitsAt(consented("acct-10005"), CALL)).isFalse();
    }

    static Stream<Arguments> tables() {
        return Stream.of(
                arguments("a fact that there is not", "<text>daysOpen</text>", "<text>age</text>", "不是任务“致电吗”知道的内容"),
                arguments("a number compared as a text", "typeRef=\"long\"", "typeRef=\"string\"", "类型不对"),
                arguments("a row that calculates", "&gt;= 365", "&gt;= date and time(now())", "不是常量"),
                arguments(
                        "no row for the rest",
                        "<inputEntry id=\"R3_2\"><text>",
                        "<inputEntry id=\"R3_2\"><text>\"VIP\"",
                        "最后加一行"),
                arguments("more than one row", "hitPolicy=\"FIRST\"", "hitPolicy=\"COLLECT\"", "第一条匹配的行"),
                arguments("an answer that is calculated", "<text>\"GO_ON\"", "<text>membershipLevel", "不是常量"),
                arguments(
                        "a script",
                        "typeRef=\"long\"",
                        "typeRef=\"long\" expressionLanguage=\"juel\"",
                        "expressionLanguage"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("tables")
    @DisplayName("a table that can't be answered, or does more than compare, is refused")
    void anUnfitTableIsRefused(String what, String text, String otherwise, String refusal) {
        assertThat(TABLE).contains(text);

        assertThat(refusals(withTable(TABLE.replace(text, otherwise)))).anyMatch(found -> found.contains(refusal));
    }

    static Stream<Arguments> ruleTasks() {
        return Stream.of(
                arguments("the newest table", "decisionRefBinding=\"deployment\"", "decisionRefBinding=\"latest\""),
                arguments("all that it says", "\"singleEntry\"", "\"resultList\""),
                arguments("what the system decides", "resultVariable=\"whatNow\"", "resultVariable=\"eligible\""),
                arguments("a table of a variable", "decisionRef=\"who-is-called\"", "decisionRef=\"${subject}\""),
                arguments("a bean as an input", "${accountFacts.daysOpen}", "${jdbcClient}"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("ruleTasks")
    @DisplayName("a task that asks a table otherwise is refused")
    void anUnfitTaskIsRefused(String what, String text, String otherwise) {
        assertThat(refusals(withTable(TABLE).replace(DEREGISTRATION + ".bpmn", text, otherwise)))
                .isNotEmpty();
    }

    // a notice of the owner's own

    @Test
    @DisplayName("a reminder of the owner's reaches every bound address, with what stands for the holder filled in")
    void aReminderIsSent() {
        deploy(reminding("您的手机号 {phone} 的注销申请还没有办完，最迟 {deadline}。请登录 {login}继续。"));
        ProcessInstance request = journey.start(DEREGISTRATION, "acct-10001");

        journey.execute(journey.job(request, "BoundaryEvent_Remind"));
        assertThat(sent()).isEmpty();
        journey.execute(journey.job(request, REMINDER));

        assertThat(sent()).containsExactlyInAnyOrder("13800138001", "demo-10001@example.com");
        assertThat(text())
                .startsWith("【账户安全】您的手机号 138****8001 的注销申请还没有办完，最迟 2026 年 12 月 14 日。请登录 http://localhost:")
                .contains("/login 继续。如非本人操作，请立即联系客服。");
        assertThat(stored("注销申请还没有办完")).isZero();
        finishAfterNotice(request);
    }

    @Test
    @DisplayName("a reminder that is tried again is sent once, whatever failed before; one that comes again is another")
    void aReminderIsSentOnce() {
        deploy(reminding("您的注销申请还没有办完，请登录继续。"));
        ProcessInstance request = journey.start(DEREGISTRATION, "acct-10001");
        journey.execute(journey.job(request, "BoundaryEvent_Remind"));
        Job job = journey.job(request, REMINDER);

        journey.whileNothingIsSent(() -> assertThat(journey.succeeds(job)).isFalse());
        journey.refuseRows("trail", "trail_full", "id < 0");
        assertThat(journey.succeeds(job)).isFalse();
        jdbc.sql("alter table trail drop constraint trail_full").update();
        assertThat(sent()).hasSize(2);

        jdbc.sql("delete from inbox_message").update();
        journey.execute(job);
        assertThat(sent()).isEmpty();
        journey.execute(journey.job(request, "BoundaryEvent_Remind"));
        journey.execute(journey.job(request, REMINDER));
        assertThat(sent()).hasSize(2);
    }

    @Test
    @DisplayName("whatever a diagram says, a holder gets three notices of a request a day")
    void threeNoticesADay() {
        deploy(reminding("您的注销申请还没有办完，请登录继续。"));
        ProcessInstance request = journey.start(DEREGISTRATION, "acct-10001");

        remind(request, 5);
        assertThat(sent()).hasSize(6);

        clock.forward(Duration.ofDays(1));
        remind(request, 1);
        assertThat(sent()).hasSize(8);
        assertThat(journey.noJobFailed()).isTrue();
    }

    @Test
    @DisplayName("addresses that can't be reached keep the request waiting until the last try, and no longer")
    void theLastTryGoesOn() {
        deploy(reminding("您的注销申请还没有办完，请登录继续。"));
        ProcessInstance request = journey.start(DEREGISTRATION, "acct-10001");
        journey.execute(journey.job(request, "BoundaryEvent_Remind"));
        Job job = journey.job(request, REMINDER);

        journey.whileNothingIsSent(() -> {
            IntStream.range(0, 4)
                    .forEach(attempt -> assertThat(journey.succeeds(job)).isFalse());
            assertThat(journey.succeeds(job)).isTrue();
        });

        assertThat(journey.pending(job)).isFalse();
        finishAfterNotice(request);
    }

    @Test
    @DisplayName("a notice that is not in a job of its own fails, and is not sent")
    void aNoticeNeedsAJobOfItsOwn() {
        deploy(reminding("您的注销申请还没有办完，请登录继续。").change(DEREGISTRATION, REMINDER, " camunda:asyncBefore=\"true\"", ""));
        ProcessInstance request = journey.start(DEREGISTRATION, "acct-10001");
        Job timer = journey.job(request, "BoundaryEvent_Remind");

        assertThatThrownBy(() -> journey.execute(timer)).hasMessageContaining("Asynchronous before");

        assertThat(sent()).isEmpty();
    }

    static Stream<Arguments> notices() {
        return Stream.concat(
                Stream.of(
                                "请打开 http://shop-help.example 继续。",
                                "请打开 www.shop-help 继续。",
                                "请打开 ｓｈｏｐ．ｃｎ 继续。",
                                "请发邮件到 help@shop 处理。",
                                "请致电 4008123123 处理。",
                                "您的密码是 {password}。",
                                "【银行】您的账户即将注销。",
                                "Please come back.",
                                "",
                                "请继续。".repeat(40))
                        .map(text -> arguments("注销提醒", text)),
                Stream.of(arguments("注销提醒 {phone}", "请继续。")));
    }

    @ParameterizedTest
    @MethodSource("notices")
    @DisplayName("a text with a foreign link, a number, or what can't be filled in is not sent")
    void anUnfitTextIsNotSent(String subject, String text) {
        deploy(reminding(text).replace(DEREGISTRATION + ".bpmn", ">注销提醒<", ">" + subject + "<"));
        ProcessInstance request = journey.start(DEREGISTRATION, "acct-10001");
        journey.execute(journey.job(request, "BoundaryEvent_Remind"));

        assertThat(journey.succeeds(journey.job(request, REMINDER))).isFalse();

        assertThat(sent()).isEmpty();
    }

    // what the guide shows

    @ParameterizedTest
    @ValueSource(strings = {"docs/owners/for-process-owners.md", "docs/owners/for-process-owners.zh-CN.md"})
    @DisplayName("what the guide shows of each can be deployed")
    void whatTheGuideShowsIsDeployed(String guide) throws IOException {
        List<String> shown = Pattern.compile("(?s)```(?:json|xml)\n(.*?)```")
                .matcher(Files.readString(Path.of(guide)))
                .results()
                .map(block -> block.group(1))
                .toList();
        String condition = shown.get(1).lines().findFirst().orElseThrow();
        ModelEdit edit = withTable(TABLE)
                .replace(
                        "read-deregistration-notice.form",
                        "\"components\": [",
                        "\"components\": [" + shown.get(0) + ",")
                .drop(DEREGISTRATION, "BusinessRuleTask_WhoIsCalled")
                .add(
                        DEREGISTRATION,
                        shown.get(2)
                                .replace(
                                        "</bpmn:businessRuleTask>",
                                        "<bpmn:incoming>Flow_NoticeAcceptedYes</bpmn:incoming><bpmn:outgoing>Flow_Decided</bpmn:outgoing></bpmn:businessRuleTask>"));
        ModelEdit reminder = reminding("请继续。")
                .drop(DEREGISTRATION, "BoundaryEvent_Remind")
                .drop(DEREGISTRATION, REMINDER)
                .add(
                        DEREGISTRATION,
                        shown.get(3)
                                .replace(
                                        "<bpmn:timerEvent",
                                        "<bpmn:outgoing>Flow_Remind</bpmn:outgoing><bpmn:timerEvent")
                                .replace(
                                        "</bpmn:sendTask>",
                                        "<bpmn:incoming>Flow_Remind</bpmn:incoming><bpmn:outgoing>Flow_Reminded</bpmn:outgoing></bpmn:sendTask>"));

        assertThat(shown).as("the last one is an external task").hasSize(5);
        assertThat(refusals(edit)).isEmpty();
        assertThat(refusals(reminder)).isEmpty();
        assertThat(refusals(asking(condition))).isEmpty();
    }

    private void remind(ProcessInstance request, int times) {
        IntStream.range(0, times).forEach(time -> {
            journey.execute(journey.job(request, "BoundaryEvent_Remind"));
            journey.execute(journey.job(request, REMINDER));
        });
    }

    private static ModelEdit counted() {
        return new ModelEdit().replace("read-deregistration-notice.form", "\"components\": [", REASONS);
    }

    /** After the consent, staff call the holder under this condition. */
    private static ModelEdit asking(String condition) {
        return new ModelEdit()
                .redirect(DEREGISTRATION, "Flow_NoticeAcceptedYes", "Gateway_Call")
                .replace(
                        DEREGISTRATION + ".bpmn",
                        "<bpmn:incoming>Flow_NoticeAcceptedYes</bpmn:incoming>",
                        "<bpmn:incoming>Flow_CallNo</bpmn:incoming><bpmn:incoming>Flow_Called</bpmn:incoming>")
                .add(DEREGISTRATION, """
                    <bpmn:exclusiveGateway id="Gateway_Call" name="致电？" default="Flow_CallNo"><bpmn:incoming>Flow_NoticeAcceptedYes</bpmn:incoming><bpmn:outgoing>Flow_CallYes</bpmn:outgoing><bpmn:outgoing>Flow_CallNo</bpmn:outgoing></bpmn:exclusiveGateway>
                    <bpmn:userTask id="UserTask_CallHolder" name="致电持有人" camunda:candidateGroups="support" camunda:formRef="read-refusal" camunda:formRefBinding="deployment"><bpmn:incoming>Flow_CallYes</bpmn:incoming><bpmn:outgoing>Flow_Called</bpmn:outgoing></bpmn:userTask>
                    <bpmn:boundaryEvent id="BoundaryEvent_NotCalled" name="2 天后" attachedToRef="UserTask_CallHolder"><bpmn:outgoing>Flow_NotCalled</bpmn:outgoing>
                      <bpmn:timerEventDefinition id="BoundaryEvent_NotCalled_Definition"><bpmn:timeDuration xsi:type="bpmn:tFormalExpression">P2D</bpmn:timeDuration></bpmn:timerEventDefinition></bpmn:boundaryEvent>
                    <bpmn:sequenceFlow id="Flow_CallYes" name="是" sourceRef="Gateway_Call" targetRef="UserTask_CallHolder">CONDITION</bpmn:sequenceFlow>
                    <bpmn:sequenceFlow id="Flow_CallNo" name="否" sourceRef="Gateway_Call" targetRef="CallActivity_VerifyHolder" />
                    <bpmn:sequenceFlow id="Flow_Called" sourceRef="UserTask_CallHolder" targetRef="CallActivity_VerifyHolder" />
                    <bpmn:sequenceFlow id="Flow_NotCalled" sourceRef="BoundaryEvent_NotCalled" targetRef="EndEvent_RequestLapsed" />""".replace("CONDITION", condition));
    }

    private static ModelEdit withTable(String table) {
        ModelEdit edit = asking(
                        "<bpmn:conditionExpression xsi:type=\"bpmn:tFormalExpression\">${whatNow == 'CALL'}</bpmn:conditionExpression>")
                .redirect(DEREGISTRATION, "Flow_NoticeAcceptedYes", "BusinessRuleTask_WhoIsCalled")
                .replace(
                        DEREGISTRATION + ".bpmn",
                        "<bpmn:incoming>Flow_NoticeAcceptedYes</bpmn:incoming>",
                        "<bpmn:incoming>Flow_Decided</bpmn:incoming>")
                .add(DEREGISTRATION, """
                    <bpmn:businessRuleTask id="BusinessRuleTask_WhoIsCalled" name="致电吗" camunda:decisionRef="who-is-called" camunda:decisionRefBinding="deployment" camunda:mapDecisionResult="singleEntry" camunda:resultVariable="whatNow">
                      <bpmn:extensionElements><camunda:inputOutput>
                        <camunda:inputParameter name="daysOpen">${accountFacts.daysOpen}</camunda:inputParameter>
                        <camunda:inputParameter name="membershipLevel">${accountFacts.membershipLevel}</camunda:inputParameter>
                      </camunda:inputOutput></bpmn:extensionElements>
                      <bpmn:incoming>Flow_NoticeAcceptedYes</bpmn:incoming><bpmn:outgoing>Flow_Decided</bpmn:outgoing></bpmn:businessRuleTask>
                    <bpmn:sequenceFlow id="Flow_Decided" sourceRef="BusinessRuleTask_WhoIsCalled" targetRef="Gateway_Call" />""");
        edit.texts().put("who-is-called.dmn", table);
        return edit;
    }

    private static ModelEdit reminding(String text) {
        return new ModelEdit().add(DEREGISTRATION, """
            <bpmn:boundaryEvent id="BoundaryEvent_Remind" name="每天" cancelActivity="false" attachedToRef="UserTask_ReadNotice"><bpmn:outgoing>Flow_Remind</bpmn:outgoing>
              <bpmn:timerEventDefinition id="BoundaryEvent_Remind_Definition"><bpmn:timeCycle xsi:type="bpmn:tFormalExpression">R/P1D</bpmn:timeCycle></bpmn:timerEventDefinition></bpmn:boundaryEvent>
            <bpmn:sendTask id="SendTask_Remind" name="提醒持有人" camunda:delegateExpression="${sendNoticeDelegate}" camunda:asyncBefore="true">
              <bpmn:extensionElements><camunda:inputOutput>
                <camunda:inputParameter name="noticeSubject">注销提醒</camunda:inputParameter>
                <camunda:inputParameter name="noticeText">TEXT</camunda:inputParameter>
              </camunda:inputOutput></bpmn:extensionElements>
              <bpmn:incoming>Flow_Remind</bpmn:incoming><bpmn:outgoing>Flow_Reminded</bpmn:outgoing></bpmn:sendTask>
            <bpmn:endEvent id="EndEvent_HolderReminded" name="已提醒持有人"><bpmn:incoming>Flow_Reminded</bpmn:incoming></bpmn:endEvent>
            <bpmn:sequenceFlow id="Flow_Remind" sourceRef="BoundaryEvent_Remind" targetRef="SendTask_Remind" />
            <bpmn:sequenceFlow id="Flow_Reminded" sourceRef="SendTask_Remind" targetRef="EndEvent_HolderReminded" />""".replace("TEXT", text));
    }

    private void deploy(ModelEdit edit) {
        assertThat(guard.findings(edit.files())).isEmpty();
        journey.deployed(edit.texts());
    }

    private List<String> refusals(ModelEdit edit) {
        return guard.findings(edit.files()).stream().map(Finding::toString).toList();
    }

    private ProcessInstance consented(String holder) {
        ProcessInstance request = journey.start(DEREGISTRATION, holder);
        consent(request);
        return request;
    }

    private void consent(ProcessInstance request) {
        journey.submit(request, "UserTask_ReadNotice", "choice", "CONTINUE", "consent", true, "channel", "SMS");
    }

    /** For one who has open items at first. */
    private ProcessInstance settled(String holder) {
        jdbc.sql("delete from subscription where account_id = ?").param(holder).update();
        jdbc.sql("delete from linked_login where account_id = ?").param(holder).update();
        return consented(holder);
    }

    private void finish(ProcessInstance request, String holder, boolean called) {
        if (called) {
            journey.submitAs("support", journey.task(request, CALL));
        }
        journey.verify(request, "13800138" + holder.substring(holder.length() - 3));
        journey.submit(request, CONFIRM, "choice", "CONFIRM");
        journey.erase(request);
        journey.submit(request, "UserTask_AcknowledgeResult");
        assertThat(journey.running(request)).isFalse();
    }

    private void finishAfterNotice(ProcessInstance request) {
        consent(request);
        finish(request, "acct-10001", false);
    }

    private void withdraw(ProcessInstance request, String reason) {
        journey.submit(request, "UserTask_ReadNotice", "choice", "WITHDRAW", "reason", reason);
    }

    private void openedAgo(String holder, Duration ago) {
        jdbc.sql("update account set opened_at = ? where id = ?")
                .params(Timestamp.from(clock.instant().minus(ago)), holder)
                .update();
    }

    private Map<String, Long> counts() {
        return jdbc.sql("select answer, answers from answer_count").query().listOfRows().stream()
                .collect(Collectors.toMap(row -> (String) row.get("answer"), row -> (Long) row.get("answers")));
    }

    private double answers(String answer) {
        return registry
                .find("account.security.answers")
                .tags("question", "leaving-reason", "answer", answer)
                .counters()
                .stream()
                .mapToDouble(counter -> counter.count())
                .sum();
    }

    /** Variables of the engine with this in their text. */
    private long stored(String text) {
        return jdbc.sql("select count(*) from act_ru_variable where text_ like ?")
                .param("%" + text + "%")
                .query(Long.class)
                .single();
    }

    private List<String> sent() {
        return jdbc.sql("select recipient from inbox_message where subject like '注销提醒%'")
                .query(String.class)
                .list();
    }

    private String text() {
        return jdbc.sql("select text from inbox_message where subject = '注销提醒' and channel = 'SMS'")
                .query(String.class)
                .single();
    }
}
