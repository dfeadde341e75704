package org.accountsecurity.attack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.accountsecurity.testing.Depth;
import org.accountsecurity.testing.JourneyTest;
import org.accountsecurity.testing.Visitor;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/**
 * Mutated submissions over all forms, seeded, in depth more than ten thousand: none breaks the server, a refused one changes nothing,
 * and no variable gets into the database that no form declares.
 */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SubmissionFuzzTest extends JourneyTest {

    private static final int SUBMISSIONS = Depth.of(170, 850);
    private static final int SUBMISSIONS_OF_A_START = Depth.of(100, 500);
    /** Submissions that a request may spend at other forms before the next one is led to the form. */
    private static final int AWAY = Depth.of(20, 100);

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

    @Autowired
    RepositoryService repository;

    @Autowired
    ApplicationContext context;

    Stream<Arguments> seeds() {
        List<String> places = List.copyOf(new UserTasks(context, port).deployed());
        return IntStream.range(0, places.size()).mapToObj(seed -> Arguments.of(seed, places.get(seed)));
    }

    @Test
    @DisplayName("every form waits at one of the user tasks or start events that are tried")
    void everyFormIsTried() {
        assertThat(new UserTasks(context, port).forms().values()).containsAll(UserTasks.formsOfHolders());
        assertThat(SUBMISSIONS * seeds().count()).isGreaterThan(Depth.of(2_000, 10_000));
    }

    @ParameterizedTest(name = "seed {0} at {1}")
    @MethodSource("seeds")
    @DisplayName("mutated submissions, again and again of the form of one user task")
    void mutatedSubmissions(int seed, String userTask) throws IOException {
        Random random = new Random(seed);
        UserTasks userTasks = new UserTasks(context, port);
        Set<String> declared = declared();
        Visitor holder = new Visitor(port);
        ProcessInstance request = null;
        Task task = null;
        Map<String, Object> plausible = null;
        Watch watch = new Watch(jdbc);
        int refused = 0;
        int here = 0;
        int away = 0;

        for (int i = 0; i < SUBMISSIONS; i++) {
            if (task == null || away == AWAY) {
                request = userTasks.reach(userTask, holder).request();
                task = journey.anyTask(request).orElseThrow();
                plausible = userTasks.plausible(request);
                holder.read(task.getId());
                watch.begin();
                away = 0;
            }
            boolean there = userTask.endsWith("#" + task.getTaskDefinitionKey());
            away = there ? 0 : away + 1;
            here += there ? 1 : 0;
            String submission = "seed " + seed + ", submission " + i + " at " + task.getTaskDefinitionKey();

            Visitor.Answer answer =
                    holder.post(Visitor.ENGINE + "/task/" + task.getId() + "/submit-form", mutation(random, plausible));

            assertThat(answer.status()).as(submission + ": " + answer.body()).isIn(204, 400, 413);
            if (answer.status() == 204) {
                assertThat(watch.changed()).as(submission).isNotEmpty();
                assertThat(declared).as(submission).containsAll(variables());
                journey.runWaiting(request);
                assertThat(declared).as(submission).containsAll(variables());
                task = journey.anyTask(request).orElse(null);
                plausible = task == null ? null : userTasks.plausible(request);
                if (task != null) {
                    holder.read(task.getId());
                }
                watch.begin();
            } else {
                refused++;
                assertThat(watch.changed()).as(submission).isEmpty();
            }
        }

        assertThat(refused).isGreaterThan(SUBMISSIONS / 2);
        assertThat(here).as("submissions at " + userTask).isGreaterThan(SUBMISSIONS / 8);
    }

    @ParameterizedTest
    @ValueSource(strings = {"account-deregistration", "phone-unbinding"})
    @DisplayName("mutated submissions of a start form, none of which starts anything")
    void mutatedSubmissionsOfAStartForm(String processKey) {
        Random random = new Random(processKey.length());
        String definition = repository
                .createProcessDefinitionQuery()
                .processDefinitionKey(processKey)
                .latestVersion()
                .singleResult()
                .getId();
        Visitor holder = new Visitor(port);
        holder.login("13800138001", "Demo-10001");
        Watch watch = new Watch(jdbc);

        for (int i = 0; i < SUBMISSIONS_OF_A_START; i++) {
            Visitor.Answer answer = holder.post(
                    Visitor.ENGINE + "/process-definition/" + definition + "/submit-form",
                    mutation(random, Map.of("choice", Map.of("value", "CONTINUE"))));

            assertThat(answer.status()).as(i + ": " + answer.body()).isIn(400, 413);
            assertThat(watch.changed()).as(String.valueOf(i)).isEmpty();
        }
    }

    /** What the form would send, with one to three things wrong. */
    private static Map<String, Object> mutation(Random random, Map<String, Object> plausible) {
        Map<String, Object> variables = new LinkedHashMap<>(plausible);
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

    private Set<String> variables() {
        return new TreeSet<>(rows.texts("select distinct NAME_ from ACT_RU_VARIABLE"));
    }

    /** What forms declare, and what docs/architecture.md lists. */
    private static Set<String> declared() throws IOException {
        Set<String> declared =
                new TreeSet<>(Set.of("nrOfInstances", "nrOfCompletedInstances", "nrOfActiveInstances", "loopCounter"));
        String documented = Files.readString(Path.of("docs/architecture.md"));
        documented = documented.substring(documented.indexOf("## What the engine knows"));
        Pattern.compile("^\\| (`.*?) \\|", Pattern.MULTILINE)
                .matcher(documented.substring(0, documented.indexOf("History knows the path")))
                .results()
                .flatMap(
                        row -> Pattern.compile("`(\\w+)`").matcher(row.group(1)).results())
                .forEach(variable -> declared.add(variable.group(1)));
        for (File form : new File("forms").listFiles()) {
            JsonNode json = new ObjectMapper().readTree(form);
            declared.addAll(json.findValuesAsText("key"));
        }
        declared.removeAll(Set.of("code", "newPhone", "consent", "settle"));
        return declared;
    }
}
