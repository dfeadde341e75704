package org.accountsecurity.attack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
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
import org.accountsecurity.Journey;
import org.accountsecurity.Snapshot;
import org.accountsecurity.Visitor;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Ten thousand mutated submissions over all forms, seeded: none breaks the server, a refused one changes nothing, and no
 * variable gets into the database that no form declares.
 */
@ApplicationTest
class SubmissionFuzzTest {

    private static final String HOLDER = "acct-10003";
    private static final String PHONE = "13800138003";
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
    private static final List<String> TYPES = List.of(
            "String", "Boolean", "Integer", "Double", "Json", "Xml", "Object", "Null", "Date", "Bytes", "Bean", "");

    @LocalServerPort
    int port;

    @Autowired
    Journey journey;

    @Autowired
    RuntimeService runtime;

    @Autowired
    JdbcClient jdbc;

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11})
    @DisplayName("a thousand mutated submissions of one form")
    void aThousandMutatedSubmissions(int seed) throws IOException {
        Random random = new Random(seed);
        Supplier<ProcessInstance> situation =
                situations().get(seed % situations().size());
        Visitor holder = new Visitor(port);
        holder.login(PHONE, "Demo-10003");
        Set<String> declared = declared();
        ProcessInstance request = situation.get();
        Snapshot before = Snapshot.of(jdbc);
        int refused = 0;

        for (int i = 0; i < SUBMISSIONS; i++) {
            Task task = journey.anyTask(request).orElse(null);
            if (task == null) {
                request = situation.get();
                task = journey.anyTask(request).orElseThrow();
                before = Snapshot.of(jdbc);
            }
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

    /** Each leads to a form; all forms are met, here or behind them. */
    private List<Supplier<ProcessInstance>> situations() {
        return List.of(
                () -> journey.start("account-deregistration", HOLDER),
                () -> journey.start("phone-unbinding", HOLDER),
                () -> {
                    ProcessInstance request = journey.start("phone-unbinding", HOLDER);
                    journey.submit(request, "UserTask_ReadUnbindingNotice", "choice", "CONTINUE", "channel", "SMS");
                    return request;
                });
    }

    /** What the form would send, with one to three things wrong. */
    private static Map<String, Object> mutated(Random random, Task task) {
        Map<String, Object> variables = new LinkedHashMap<>();
        plausible(task.getTaskDefinitionKey())
                .forEach((key, value) -> variables.put(key, new HashMap<>(Map.of("value", value))));
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
            case "UserTask_ResolveOpenItems" -> Map.of("choice", "RECHECK");
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
                "dataSet"));
        for (File form : new File("forms").listFiles()) {
            JsonNode json = new ObjectMapper().readTree(form);
            declared.addAll(json.findValuesAsText("key"));
        }
        declared.removeAll(Set.of("code", "newPhone", "consent", "settle"));
        return declared;
    }
}
