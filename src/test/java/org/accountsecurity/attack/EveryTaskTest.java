package org.accountsecurity.attack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import org.accountsecurity.testing.JourneyTest;
import org.accountsecurity.testing.Snapshot;
import org.accountsecurity.testing.Visitor;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.el.StartProcessVariableScope;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.context.ApplicationContext;
import org.springframework.util.ClassUtils;

/** What is no answer of its form is tried at every user task and every start form that is deployed. */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EveryTaskTest extends JourneyTest {

    /** Names that the engine, its expressions or its scripts give a meaning to. */
    private static final List<String> RESERVED = List.of(
            "execution",
            "task",
            "externalTask",
            "caseExecution",
            "authenticatedUserId",
            "currentUser",
            "now",
            "dateTime",
            "initiator",
            "businessKey",
            "nrOfInstances",
            "nrOfActiveInstances",
            "loopCounter",
            "connector",
            "S",
            "JSON",
            "__proto__",
            "class",
            "");
    /** Variables of the processes that decide or show something. */
    private static final List<String> OF_THE_PROCESS = List.of(
            "subject",
            "accountId",
            "eligible",
            "codeResult",
            "purpose",
            "holderVerificationRequired",
            "newPhoneUsable",
            "codeExpiresAt",
            "triesLeft",
            "dataSet",
            "notice",
            "message",
            "openItems",
            "channels",
            "settleable");

    private static final List<String> TYPES =
            List.of("Object", "File", "Bytes", "Xml", "Date", "Null", "Bean", "Long", "", "string");

    /** Each within the twenty characters of a phone number's field, but for those that say more. */
    private static final List<String> EXPRESSIONS = List.of(
            "${canary.sing()}",
            "#{canary.sing()}",
            "=canary.sing()",
            "= \"canary\" + \"x\"",
            "{{canary.sing()}}",
            "%{canary.sing()}",
            "*{canary.sing()}",
            "<%=canary.sing()%>",
            "T(canary).sing()",
            "[[${canary.sing()}]]",
            "<#assign x=canary.sing()>",
            "${jndi:ldap://127.0.0.1:1/canary}",
            "<script>canary.sing()</script>");

    @Autowired
    RepositoryService repository;

    @Autowired
    ProcessEngineConfigurationImpl engine;

    @Autowired
    ApplicationContext context;

    private final Canary canary = new Canary();
    private UserTasks userTasks;

    /** A bean that tells when an expression has called it. */
    public static final class Canary {

        private final AtomicInteger sung = new AtomicInteger();

        public String sing() {
            return "sung " + sung.incrementAndGet();
        }
    }

    @BeforeAll
    void hangUpTheCanary() {
        beans().registerSingleton("canary", canary);
    }

    @AfterAll
    void takeDownTheCanary() {
        beans().destroySingleton("canary");
    }

    @BeforeEach
    void knowTheWays() {
        userTasks = new UserTasks(context, port);
        canary.sung.set(0);
    }

    Set<String> userTasks() {
        return new UserTasks(context, port).deployed();
    }

    static List<String> startable() {
        return List.of("account-deregistration", "phone-unbinding");
    }

    @Test
    @DisplayName("the ways lead to every user task and start form there is")
    void theWaysLeadEverywhere() {
        assertThat(userTasks.reachable()).isEqualTo(userTasks.deployed()).hasSizeGreaterThanOrEqualTo(12);
        assertThat(userTasks.forms().keySet().stream().filter(place -> !place.contains("#")))
                .containsExactlyInAnyOrderElementsOf(startable());
        assertThat(userTasks.forms().values()).containsAll(UserTasks.formsOfHolders());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("userTasks")
    @DisplayName(
            "undeclared, mistyped, oversized, nested, shadowing and reserved variables are refused at every user task")
    void badVariablesAreRefusedAtAUserTask(String userTask) throws IOException {
        UserTasks.Waiting waiting = userTasks.reach(userTask);
        String submit = submit(waiting.request());
        Map<String, Object> plausible = userTasks.plausible(waiting.request());
        waiting.holder().read(journey.anyTask(waiting.request()).orElseThrow().getId());
        Watch watch = new Watch(jdbc);

        bad(plausible, fields(userTask)).forEach((what, body) -> refused(waiting.holder(), submit, what, body, watch));

        assertThat(waiting.holder().post(submit, Map.of("variables", plausible)).status())
                .as("what was wrong with the others was what they were tried for")
                .isEqualTo(204);
        assertThat(watch.changed()).isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource("startable")
    @DisplayName(
            "undeclared, mistyped, oversized, nested, shadowing and reserved variables are refused at every start form")
    void badVariablesAreRefusedAtAStart(String processKey) throws IOException {
        Visitor holder = new Visitor(port);
        holder.login("13800138001", "Demo-10001");
        String submit = start(processKey);
        Watch watch = new Watch(jdbc);

        bad(Map.of(), fields(processKey)).forEach((what, body) -> refused(holder, submit, what, body, watch));

        assertThat(holder.post(submit, Map.of("variables", Map.of())).status()).isEqualTo(200);
        assertThat(watch.changed()).isNotEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("userTasks")
    @DisplayName("an expression in a field of any form is a text: nothing evaluates it, and nothing keeps it")
    void anExpressionIsAText(String userTask) throws IOException {
        UserTasks.Waiting waiting = userTasks.reach(userTask);
        Map<String, Object> plausible = userTasks.plausible(waiting.request());
        Watch watch = new Watch(jdbc);

        for (String key : fieldsOrOne(userTask)) {
            for (String text : EXPRESSIONS) {
                for (Map<String, Object> value : asTextAndAsList(text)) {
                    String attempt = key + " = " + value;
                    Visitor.Answer answer =
                            waiting.holder().post(submit(waiting.request()), with(plausible, key, value));

                    assertThat(answer.body()).as(attempt).doesNotContain("canary", "sung");
                    if (answer.status() == 204) {
                        // only a phone number may be any text; the form asks again and has spent one of its checks
                        assertThat(key).as(attempt).isEqualTo("newPhone");
                        assertThat(watch.changed())
                                .as(attempt)
                                .allMatch(table -> table.startsWith("ACT_")
                                        || List.of("PHONE_CHECK", "TRAIL").contains(table));
                        watch.begin();
                    } else {
                        assertThat(answer.status()).as(attempt).isEqualTo(400);
                        assertThat(watch.changed()).as(attempt).isEmpty();
                    }
                    assertThat(userTasks.name(journey.anyTask(waiting.request()).orElseThrow()))
                            .as(attempt)
                            .isEqualTo(userTask);
                }
            }
        }

        nothingSang();
    }

    @Test
    @DisplayName("an expression in a field of the login is a text as well")
    void anExpressionInTheLoginIsAText() {
        for (String text : EXPRESSIONS.subList(0, 9)) {
            assertThat(new Visitor(port).login(text, text).location()).endsWith("?error");
            assertThat(new Visitor(port).login("13800138001", text).location()).endsWith("?error");
        }

        nothingSang();
    }

    @Test
    @DisplayName("where the engine does evaluate an expression, the canary is heard")
    void theCanaryCanSing() {
        engine.getCommandExecutorTxRequired()
                .execute(command -> engine.getExpressionManager()
                        .createExpression("${canary.sing()}")
                        .getValue(StartProcessVariableScope.getSharedInstance()));

        assertThat(canary.sung).hasValue(1);
    }

    private void nothingSang() {
        assertThat(canary.sung).hasValue(0);
        assertThat(Snapshot.of(jdbc).rowsByTable().toString()).doesNotContain("canary", "sung");
        assertThat(jdbc.sql("select BYTES_ from ACT_GE_BYTEARRAY")
                        .query((row, number) -> new String(row.getBytes(1), StandardCharsets.UTF_8))
                        .list())
                .noneMatch(bytes -> bytes.contains("canary"));
    }

    private static void refused(Visitor holder, String path, String what, Object body, Watch watch) {
        Visitor.Answer answer = holder.post(path, body);

        assertThat(answer.status()).as(what + ": " + answer.body()).isBetween(400, 499);
        assertThat(answer.body()).as(what).doesNotContain("Exception while", "ENGINE-", "camunda");
        assertThat(watch.changed()).as(what).isEmpty();
    }

    /** Bodies by what is wrong with them, and nothing else is. */
    private Map<String, Object> bad(Map<String, Object> plausible, List<String> fields) {
        Map<String, Object> bad = new LinkedHashMap<>();
        BiConsumer<String, Object> add =
                (key, value) -> bad.put(shown(key) + " = " + shown(String.valueOf(value)), with(plausible, key, value));
        for (String name : OF_THE_PROCESS) {
            if (!fields.contains(name)) {
                add.accept(name, Map.of("value", "x"));
                add.accept(name, Map.of("value", true, "type", "Boolean"));
            }
        }
        RESERVED.forEach(name -> add.accept(name, Map.of("value", "x")));
        ourBeans().forEach(name -> add.accept(name, Map.of("value", "x")));
        EXPRESSIONS.forEach(name -> add.accept(name, Map.of("value", "x")));
        for (String key : fields.isEmpty() ? List.of("choice") : fields) {
            for (Object wrong : Arrays.asList(
                    1,
                    1.5,
                    -1,
                    Map.of(),
                    Map.of("a", 1),
                    List.of(1),
                    List.of(List.of("SMS")),
                    null,
                    "x".repeat(15_000))) {
                Map<String, Object> value = new LinkedHashMap<>();
                value.put("value", wrong);
                add.accept(key, value);
            }
            add.accept(key, Map.of("value", "[1]", "type", "Json"));
            add.accept(key, Map.of("value", "{\"a\":1}", "type", "Json"));
            add.accept(key, Map.of("value", "not JSON", "type", "Json"));
            add.accept(key, Map.of("value", "not a number", "type", "Integer"));
            add.accept(key, "no object");
            add.accept(key, deep("value", 6));
            add.accept(key, deep("value", 500));
            add.accept(key, Map.of("value", deepList(500)));
            add.accept(key, Map.of("value", "x".repeat(1_500_000)));
            for (String type : TYPES) {
                add.accept(
                        key,
                        Map.of(
                                "value",
                                "eA==",
                                "type",
                                type,
                                "valueInfo",
                                Map.of(
                                        "objectTypeName",
                                        "java.util.HashMap",
                                        "serializationDataFormat",
                                        "application/x-java-serialized-object",
                                        "filename",
                                        "x")));
            }
        }
        add.accept("x".repeat(1_500_000), Map.of("value", "x"));
        bad.put("variables as a list", Map.of("variables", List.of("choice")));
        bad.put("variables as a text", Map.of("variables", "choice"));
        return bad;
    }

    /** The beans of this application that an expression could name. */
    private List<String> ourBeans() {
        return Arrays.stream(context.getBeanDefinitionNames())
                .filter(name -> name.matches("\\w+"))
                .filter(name -> context.getType(name) != null
                        && ClassUtils.getPackageName(ClassUtils.getUserClass(context.getType(name)))
                                .startsWith("org.accountsecurity"))
                .toList();
    }

    private static Map<String, Object> with(Map<String, Object> plausible, String key, Object value) {
        Map<String, Object> variables = new LinkedHashMap<>(plausible);
        variables.put(key, value);
        return Map.of("variables", variables);
    }

    private static List<Map<String, Object>> asTextAndAsList(String text) throws IOException {
        String list = new ObjectMapper().writeValueAsString(List.of(text));
        return List.of(Map.of("value", text), Map.of("value", list, "type", "Json"));
    }

    /** The keys of the form of a user task or, by its process key, of a start event. */
    private List<String> fields(String place) throws IOException {
        String form = userTasks.forms().get(place);
        return new ObjectMapper().readTree(new File("forms", form + ".form")).findValuesAsText("key");
    }

    private List<String> fieldsOrOne(String place) throws IOException {
        List<String> fields = fields(place);
        return fields.isEmpty() ? List.of("choice") : fields;
    }

    private String submit(ProcessInstance request) {
        return Visitor.ENGINE + "/task/"
                + journey.anyTask(request).orElseThrow().getId() + "/submit-form";
    }

    private String start(String processKey) {
        return Visitor.ENGINE + "/process-definition/"
                + repository
                        .createProcessDefinitionQuery()
                        .processDefinitionKey(processKey)
                        .latestVersion()
                        .singleResult()
                        .getId()
                + "/submit-form";
    }

    private DefaultListableBeanFactory beans() {
        return (DefaultListableBeanFactory) context.getAutowireCapableBeanFactory();
    }

    private static Object deep(String key, int levels) {
        Object deep = "x";
        for (int i = 0; i < levels; i++) {
            deep = Map.of(key, deep);
        }
        return deep;
    }

    private static Object deepList(int levels) {
        Object deep = "x";
        for (int i = 0; i < levels; i++) {
            deep = new ArrayList<>(List.of(deep));
        }
        return deep;
    }

    private static String shown(String text) {
        return text.length() > 60 ? text.substring(0, 60) + "… of " + text.length() : text;
    }
}
