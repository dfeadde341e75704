package org.accountsecurity.attack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.accountsecurity.ApplicationTest;
import org.accountsecurity.FreshDemoShop;
import org.accountsecurity.Journey;
import org.accountsecurity.Snapshot;
import org.accountsecurity.TestClock;
import org.accountsecurity.Visitor;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Ten thousand mutated submissions over all forms, seeded: none breaks the server, a refused one changes nothing, and no
 * variable gets into the database that no form declares.
 */
@ApplicationTest
class SubmissionFuzzTest {

    private static final int SUBMISSIONS = 1_000;
    private static final int REFUSALS_BETWEEN_LOOKS = 50;

    private static final List<Object> NASTY = List.of(
            "",
            " ",
            "x",
            "SUBMIT",
            "CONTINUE",
            "WITHDRAW",
            "000000",
            "13900139003",
            "13800138005",
            "true",
            true,
            false,
            0,
            -1,
            1e308,
            Long.MAX_VALUE,
            "${1+1}",
            "#{now()}",
            "' or 1=1 --",
            "\u0000",
            "\uD800",
            "𠮷",
            "‮",
            "x".repeat(5000),
            List.of(),
            List.of("SMS"),
            Map.of(),
            Map.of("a", 1));
    private static final List<String> KEYS = List.of(
            "choice",
            "code",
            "consent",
            "channel",
            "settle",
            "newPhone",
            "subject",
            "eligible",
            "codeResult",
            "purpose",
            "execution",
            "accountId",
            "dataSet",
            "message",
            "",
            "_",
            "a.b",
            "__proto__",
            "closeAccountDelegate");
    private static final List<Object> INFO = List.of(
            Map.of(),
            "x",
            1,
            List.of(),
            Map.of("objectTypeName", "java.util.HashMap"),
            Map.of("filename", "x"),
            Map.of("transient", false),
            Map.of("serializationDataFormat", "application/x-java-serialized-object"));
    private static final List<String> TYPES = List.of(
            "String", "Boolean", "Integer", "Double", "Json", "Xml", "Object", "Null", "Date", "Bytes", "Bean", "");

    @LocalServerPort
    int port;

    @Autowired
    Journey journey;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TestClock clock;

    @Autowired
    RepositoryService repository;

    @Autowired
    ApplicationContext context;

    /** A form that waits for somebody. */
    private record Situation(String number, Supplier<ProcessInstance> lead) {

        Visitor login(int port) {
            Visitor holder = new Visitor(port);
            holder.login("138001380" + number.substring(3), "Demo-" + number);
            return holder;
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9})
    @DisplayName("a thousand mutated submissions, beginning with one form")
    void aThousandMutatedSubmissions(int seed) throws IOException {
        Random random = new Random(seed);
        Situation situation = situations().get(seed);
        Set<String> declared = declared();
        ProcessInstance request = null;
        Visitor holder = null;
        Snapshot before = null;
        int refused = 0;

        for (int i = 0; i < SUBMISSIONS; i++) {
            if (request == null || journey.anyTask(request).isEmpty()) {
                FreshDemoShop.reset(context);
                holder = situation.login(port);
                request = situation.lead().get();
                before = Snapshot.of(jdbc);
            }
            Task task = journey.anyTask(request).orElseThrow();
            String submission = "seed " + seed + ", submission " + i + " of " + task.getTaskDefinitionKey();

            Visitor.Answer answer =
                    holder.post(Visitor.ENGINE + "/task/" + task.getId() + "/submit-form", mutated(random, task));

            assertThat(answer.status()).as(submission + ": " + answer.body()).isIn(204, 400, 413);
            if (answer.status() == 204) {
                assertThat(declared).as(submission).containsAll(variables());
                before = Snapshot.of(jdbc);
            } else if (++refused % REFUSALS_BETWEEN_LOOKS == 0) {
                assertThat(Snapshot.of(jdbc).changedSince(before))
                        .as(submission)
                        .isEmpty();
            }
        }

        assertThat(refused).isGreaterThan(SUBMISSIONS / 2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"account-deregistration", "phone-unbinding"})
    @DisplayName("five hundred mutated submissions of a start form, none of which starts anything")
    void mutatedSubmissionsOfAStartForm(String processKey) {
        Random random = new Random(processKey.length());
        String definition = repository
                .createProcessDefinitionQuery()
                .processDefinitionKey(processKey)
                .latestVersion()
                .singleResult()
                .getId();
        Visitor holder = new Situation("10001", null).login(port);
        Snapshot before = Snapshot.of(jdbc);

        for (int i = 0; i < SUBMISSIONS / 2; i++) {
            Visitor.Answer answer = holder.post(
                    Visitor.ENGINE + "/process-definition/" + definition + "/submit-form",
                    mutation(random, Map.of("choice", "CONTINUE")));

            assertThat(answer.status()).as(i + ": " + answer.body()).isIn(400, 413);
        }

        assertThat(Snapshot.of(jdbc).changedSince(before)).isEmpty();
    }

    /** Every form there is waits in one of them. */
    private List<Situation> situations() {
        return List.of(
                new Situation("10003", () -> journey.start("account-deregistration", "acct-10003")),
                new Situation("10001", () -> journey.start("account-deregistration", "acct-10001")),
                new Situation("10001", () -> consented("acct-10001")),
                new Situation("10001", () -> verified("acct-10001", "13800138001")),
                new Situation("10001", () -> {
                    ProcessInstance request = verified("acct-10001", "13800138001");
                    journey.submit(request, "UserTask_ConfirmDeregistration", "choice", "CONFIRM");
                    journey.erase(request);
                    return request;
                }),
                new Situation("10001", () -> {
                    ProcessInstance request = consented("acct-10001");
                    clock.forward(Duration.ofMinutes(5));
                    journey.execute(journey.job(request, "BoundaryEvent_CodeExpired"));
                    return request;
                }),
                new Situation("10001", () -> {
                    ProcessInstance request = consented("acct-10001");
                    journey.execute(journey.job(request, "SendTask_DeliverCode"));
                    String wrong = Journey.wrong(journey.code("13800138001"));
                    for (int i = 0; i < 5; i++) {
                        journey.submit(request, "UserTask_EnterCode", "choice", "SUBMIT", "code", wrong);
                    }
                    return request;
                }),
                new Situation("10004", () -> journey.start("phone-unbinding", "acct-10004")),
                new Situation("10004", this::namingANumber),
                new Situation("10004", () -> {
                    ProcessInstance request = namingANumber();
                    journey.submit(request, "UserTask_EnterNewPhone", "choice", "CONTINUE", "newPhone", "13900139004");
                    journey.verify(request, "13900139004");
                    return request;
                }));
    }

    private ProcessInstance consented(String holder) {
        ProcessInstance request = journey.start("account-deregistration", holder);
        journey.submit(request, "UserTask_ReadNotice", "choice", "CONTINUE", "consent", true, "channel", "SMS");
        return request;
    }

    private ProcessInstance verified(String holder, String phone) {
        ProcessInstance request = consented(holder);
        journey.verify(request, phone);
        return request;
    }

    private ProcessInstance namingANumber() {
        ProcessInstance request = journey.start("phone-unbinding", "acct-10004");
        journey.submit(request, "UserTask_ReadUnbindingNotice", "choice", "CONTINUE", "channel", "SMS");
        journey.verify(request, "13800138004");
        return request;
    }

    /** What the form would send, with one to three things wrong. */
    private static Map<String, Object> mutated(Random random, Task task) {
        return mutation(random, plausible(task.getTaskDefinitionKey()));
    }

    private static Map<String, Object> mutation(Random random, Map<String, Object> plausible) {
        Map<String, Object> variables = new LinkedHashMap<>();
        plausible.forEach((key, value) -> variables.put(key, new HashMap<>(Map.of("value", value))));
        for (int i = random.nextInt(3); i >= 0; i--) {
            String key = random.nextInt(3) > 0 || variables.isEmpty()
                    ? KEYS.get(random.nextInt(KEYS.size()))
                    : new ArrayList<>(variables.keySet()).get(random.nextInt(variables.size()));
            Map<String, Object> value = new HashMap<>();
            value.put("value", random.nextInt(20) == 0 ? null : NASTY.get(random.nextInt(NASTY.size())));
            if (random.nextInt(3) == 0) {
                value.put("type", TYPES.get(random.nextInt(TYPES.size())));
            }
            if (random.nextInt(10) == 0) {
                value.put("valueInfo", INFO.get(random.nextInt(INFO.size())));
            }
            if (random.nextInt(10) == 0 && variables.size() > 1) {
                variables.remove(key);
            } else {
                variables.put(key, value);
            }
        }
        return Map.of("variables", variables);
    }

    private static Map<String, Object> plausible(String userTask) {
        return switch (userTask) {
            case "UserTask_ReadNotice" -> Map.of("choice", "CONTINUE", "consent", true, "channel", "SMS");
            case "UserTask_ReadUnbindingNotice" -> Map.of("choice", "CONTINUE", "channel", "SMS");
            case "UserTask_EnterCode" -> Map.of("choice", "SUBMIT", "code", "123456");
            case "UserTask_ResolveOpenItems" -> Map.of("choice", "CHECK_AGAIN");
            case "UserTask_EnterNewPhone" -> Map.of("choice", "CONTINUE", "newPhone", "13900139003");
            case "UserTask_RenewCode" -> Map.of("choice", "RESEND");
            case "UserTask_ConfirmDeregistration", "UserTask_ConfirmUnbinding" -> Map.of("choice", "CONFIRM");
            default -> Map.of("choice", "CONTINUE");
        };
    }

    private Set<String> variables() {
        return new TreeSet<>(jdbc.sql("select distinct NAME_ from ACT_RU_VARIABLE")
                .query(String.class)
                .list());
    }

    /** What forms declare, and what delegates show or decide. */
    private static Set<String> declared() throws IOException {
        Set<String> declared = new TreeSet<>(Set.of(
                "subject",
                "eligible",
                "notice",
                "openItems",
                "settleable",
                "message",
                "channels",
                "purpose",
                "channel",
                "maskedTarget",
                "serial",
                "triesLeft",
                "sendsLeft",
                "codeExpiresAt",
                "expiresAt",
                "codeResult",
                "holderVerificationRequired",
                "newPhoneUsable",
                "dataSet",
                "nrOfInstances",
                "nrOfCompletedInstances",
                "nrOfActiveInstances",
                "loopCounter"));
        for (File form : new File("forms").listFiles()) {
            JsonNode json = new ObjectMapper().readTree(form);
            declared.addAll(json.findValuesAsText("key"));
        }
        declared.removeAll(Set.of("code", "newPhone", "consent", "settle"));
        return declared;
    }
}
