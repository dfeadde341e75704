package org.accountsecurity.rehearsal;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.accountsecurity.engine.identity.Groups;
import org.accountsecurity.engine.rehearsal.RehearsalFinding.Passed;
import org.accountsecurity.engine.worker.WorkerTopic;
import org.accountsecurity.rehearsal.Position.Waiting;
import org.accountsecurity.rehearsal.RehearsalAccounts.Happening;
import org.accountsecurity.rehearsal.RehearsalAccounts.Holder;
import org.accountsecurity.rehearsal.Stage.Start;
import org.accountsecurity.text.Sentence;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.task.IdentityLink;
import org.camunda.bpm.engine.task.Task;
import org.camunda.bpm.engine.variable.VariableMap;

/** One walk of one account: the choices that it has now, and those taken before. */
final class Walk {

    private static final String STAFF = "rehearsal-staff";
    private static final String HOLDERS = Groups.ACCOUNT_HOLDER;
    private static final Duration LOCK = Duration.ofMinutes(1);

    private final Stage stage;
    private final List<Start> starts;
    private final List<String> others;
    private final List<String> keys = new ArrayList<>();
    private final List<Sentence> steps = new ArrayList<>();
    private final List<Passed> way = new ArrayList<>();
    private Holder holder;
    private RehearsalAccounts.Kind kind;
    private Start start;
    private String contested = "";
    private Position position;
    private List<String> evidence;
    private boolean mainRequest = true;

    Walk(Stage stage, List<Start> starts) {
        this.stage = stage;
        this.starts = starts;
        this.others = stage.roots();
        stage.clock.reset();
        look();
    }

    enum Type {
        ACCOUNT,
        HAPPENING,
        START,
        JOB,
        ANSWER,
        TIMER,
        CONTEST,
        START_AGAIN,
        /** Nobody acts any more. */
        WAIT;

        /** Whether it does not advance the first request. */
        boolean isIndependent() {
            return this == CONTEST || this == START_AGAIN || this == WAIT;
        }
    }

    /**
     * A possible step.
     *
     * @param place the path of elements from the root process
     * @param detail distinguishes the steps at a place
     * @param words the step as text; null if there is nothing to say
     */
    record Choice(Type type, String place, String detail, Sentence words, Runnable does) {

        /** Identifies the step in every walk. */
        String key() {
            return type + " " + place + " " + detail;
        }
    }

    Holder holder() {
        return holder;
    }

    /** The process that was started first; null at the beginning. */
    Start start() {
        return start;
    }

    /** The keys of the steps taken. */
    List<String> keys() {
        return List.copyOf(keys);
    }

    List<Sentence> steps() {
        return List.copyOf(steps);
    }

    List<Passed> way() {
        return List.copyOf(way);
    }

    /** Whether all steps have advanced the first request. */
    boolean isMainRequest() {
        return mainRequest;
    }

    boolean hasEnded() {
        return start != null && position.hasEnded();
    }

    /** Identifies the wait states with the evidence so far. */
    String marking() {
        if (start == null) {
            return String.valueOf(kind);
        }
        return start.when() + " " + (hasEnded() ? way.get(way.size() - 1) : position.marking() + evidence);
    }

    private void look() {
        List<String> roots = new ArrayList<>(stage.roots());
        roots.removeAll(others);
        position = new Position(stage.jdbc, roots);
        evidence = start == null ? List.of() : holder.evidence();
    }

    /** Takes a step and does the due work after it. */
    void take(Choice choice) {
        keys.add(choice.key());
        mainRequest &= !choice.type().isIndependent();
        if (choice.words() != null) {
            steps.add(choice.words());
        }
        stage.heard.passed();
        try {
            choice.does().run();
            stage.doWork();
        } finally {
            way.addAll(stage.heard.passed());
            look();
        }
    }

    /** The possible step with this key, or the event. */
    Optional<Choice> choice(String key) {
        Stream<Choice> happenings = Stream.of(Happening.values()).map(this::happening);
        return Stream.concat(happenings, choices().stream())
                .filter(choice -> choice.key().equals(key))
                .findFirst();
    }

    Choice happening(Happening happening) {
        return new Choice(
                Type.HAPPENING,
                "",
                happening.name(),
                happening.words().orElse(null),
                () -> happening.happensTo(holder));
    }

    /** The possible steps: jobs that are due first, timers last. */
    List<Choice> choices() {
        if (holder == null) {
            return Stream.of(RehearsalAccounts.Kind.values()).map(this::account).toList();
        }
        if (start == null) {
            return starts.stream().map(this::start).toList();
        }
        List<Choice> answers = position.waiting(Position.Kind.TASK).stream()
                .flatMap(this::answers)
                .toList();
        Map<String, Choice> choices = new LinkedHashMap<>();
        Stream.of(
                        automaticSteps(true),
                        answers.stream(),
                        position.waiting(Position.Kind.EXTERNAL).stream().flatMap(this::external),
                        automaticSteps(false),
                        contest(),
                        startsAgain(),
                        answers.stream()
                                .map(answer -> new Choice(
                                        Type.WAIT, answer.place(), "", Sentence.of("rehearsal.nobody-acts"), () -> {})))
                .flatMap(choice -> choice)
                .forEach(choice -> choices.putIfAbsent(choice.key(), choice));
        return List.copyOf(choices.values());
    }

    /** The steps without people: jobs that are due first, then timers. */
    List<Choice> automaticSteps() {
        return Stream.concat(automaticSteps(true), automaticSteps(false)).toList();
    }

    /** Jobs of one element in a multi-instance loop run together if they are due. */
    private Stream<Choice> automaticSteps(boolean atOnce) {
        Collection<List<Waiting>> byPlace = position.waiting(Position.Kind.JOB).stream()
                .filter(job -> atOnce != job.due().isAfter(stage.clock.instant()))
                .collect(Collectors.groupingBy(Waiting::place, LinkedHashMap::new, Collectors.toList()))
                .values();
        return byPlace.stream().map(jobs -> {
            Waiting first = jobs.get(0);
            return new Choice(
                    atOnce ? Type.JOB : Type.TIMER,
                    first.place(),
                    "",
                    Sentence.of(atOnce ? "rehearsal.system-does" : "rehearsal.time-comes", "element", name(first)),
                    () -> {
                        advance(first.due());
                        jobs.stream()
                                .limit(atOnce ? jobs.size() : 1)
                                .forEach(job -> stage.management.executeJob(job.id()));
                    });
        });
    }

    private void advance(Instant due) {
        if (due.isAfter(stage.clock.instant())) {
            stage.clock.set(due);
        }
    }

    private String name(Waiting waiting) {
        return stage.name(waiting.at()).orElse("“" + waiting.at().element() + "”");
    }

    Choice account(RehearsalAccounts.Kind wanted) {
        return new Choice(Type.ACCOUNT, "", wanted.name(), null, () -> {
            holder = stage.accounts.make(wanted);
            kind = wanted;
        });
    }

    private Choice start(Start process) {
        boolean again = start != null;
        return new Choice(
                again ? Type.START_AGAIN : Type.START,
                process.process().getId(),
                again ? start.process().getKey() + contested.isEmpty() : kind.name(),
                Sentence.of(
                        again ? "rehearsal.starts-again" : "rehearsal.starts",
                        "account",
                        kind.words(),
                        "process",
                        process.process().getName()),
                () -> {
                    start = again ? start : process;
                    if (process.byTimer()) {
                        Job timer = stage.startTimers(process).get(0);
                        advance(timer.getDuedate().toInstant());
                        stage.management.executeJob(timer.getId());
                    } else {
                        submit(process);
                    }
                });
    }

    /** The same holder starts again: during the first request, and after a contest. */
    private Stream<Choice> startsAgain() {
        return starts.stream()
                .filter(again -> !again.byTimer() && again.when().equals(start.when()))
                .map(this::start);
    }

    private void submit(Start process) {
        String id = process.process().getId();
        stage.as(holder.account(), HOLDERS, () -> {
            Answers answers =
                    answers(stage.forms.getDeployedStartForm(id), stage.forms.getStartFormVariables(id, null, false));
            return stage.forms.submitStartForm(
                    id, new HashMap<>(answers.all().get(0).values()));
        });
    }

    private Answers answers(InputStream form, VariableMap shown) {
        try (form) {
            return new Answers(form.readAllBytes(), shown, stage.accounts, holder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Stream<Choice> answers(Waiting waiting) {
        Task task = stage.tasks.createTaskQuery().taskId(waiting.id()).singleResult();
        boolean ofStaff = task.getAssignee() == null;
        String user = ofStaff ? STAFF : task.getAssignee();
        String group = !ofStaff
                ? HOLDERS
                : stage.tasks.getIdentityLinksForTask(task.getId()).stream()
                        .map(IdentityLink::getGroupId)
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElse("");
        if (group.isEmpty()) {
            // nobody may claim it
            return Stream.empty();
        }
        try {
            // a browser reads the form and its values before the answer
            return stage
                    .as(
                            user,
                            group,
                            () -> answers(
                                            stage.forms.getDeployedTaskForm(task.getId()),
                                            stage.forms.getTaskFormVariables(task.getId(), null, false))
                                    .all())
                    .stream()
                    .map(answer -> new Choice(
                            Type.ANSWER,
                            waiting.place(),
                            answer.label(),
                            Sentence.of(
                                    ofStaff ? "rehearsal.staff-answers" : "rehearsal.holder-answers",
                                    "task",
                                    name(waiting),
                                    "answer",
                                    answer.words().isEmpty() ? Sentence.of("rehearsal.submits") : answer.words()),
                            () -> stage.as(user, group, () -> {
                                if (answer.values().get("newPhone") instanceof String phone
                                        && !phone.equals(holder.phone())) {
                                    holder.typed(phone);
                                }
                                stage.forms.submitTaskForm(task.getId(), new HashMap<>(answer.values()));
                                return null;
                            })));
        } catch (RuntimeException e) {
            return Stream.of(new Choice(
                    Type.ANSWER, waiting.place(), "READ", Sentence.of("rehearsal.opens", "task", name(waiting)), () -> {
                        throw e;
                    }));
        }
    }

    /** The answers of a worker: each value of each variable at least once, and each error. */
    private Stream<Choice> external(Waiting waiting) {
        WorkerTopic topic = stage.topic(waiting.id());
        Map<String, Object> first = new TreeMap<>();
        topic.results().forEach((name, values) -> first.put(name, values.get(0)));
        Set<Map<String, Object>> all = new LinkedHashSet<>(Set.of(first));
        topic.results()
                .forEach((name, values) -> values.forEach(value -> {
                    Map<String, Object> other = new TreeMap<>(first);
                    other.put(name, value);
                    all.add(other);
                }));
        return Stream.concat(
                all.stream()
                        .map(results -> external(
                                waiting,
                                results.isEmpty() ? "" : results.toString(),
                                () -> stage.externalTasks.complete(waiting.id(), STAFF, results))),
                topic.errors().stream()
                        .map(error -> external(
                                waiting,
                                error,
                                () -> stage.externalTasks.handleBpmnError(waiting.id(), STAFF, error))));
    }

    private Choice external(Waiting waiting, String result, Runnable does) {
        return new Choice(
                Type.ANSWER,
                waiting.place(),
                result,
                Sentence.of(
                        result.isEmpty() ? "rehearsal.worker-completes" : "rehearsal.worker-answers",
                        "task",
                        name(waiting),
                        "result",
                        result),
                () -> {
                    stage.externalTasks.lock(waiting.id(), STAFF, LOCK.toMillis());
                    does.run();
                });
    }

    /** The link in a notice to contest a request. */
    private Stream<Choice> contest() {
        return holder
                .contestToken()
                .filter(token -> !position.hasEnded() && !token.equals(contested))
                .map(token -> new Choice(Type.CONTEST, "", "", Sentence.of("rehearsal.contests"), () -> {
                    contested = token;
                    stage.contests.contest(token);
                }))
                .stream();
    }
}
