package org.accountsecurity.rehearsal;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.accountsecurity.engine.rehearsal.RehearsalFinding;
import org.accountsecurity.engine.rehearsal.RehearsalFinding.Passed;
import org.accountsecurity.rehearsal.MadeAccounts.Kind;
import org.accountsecurity.rehearsal.Walk.Choice;
import org.accountsecurity.rehearsal.Walk.Type;
import org.camunda.bpm.engine.repository.ProcessDefinition;
import org.springframework.dao.DataAccessException;

/**
 * Walks deployed models until each start, answer and timer was taken, each at least once and in no more walks than that
 * takes; then tries what else may lead to a flow that no walk has come to. The same files are walked in the same way.
 */
final class Rehearsal {

    private static final int MOST_WALKS = 600;
    private static final int MOST_STEPS = 80;
    /** As often as a code may be typed or sent before that is refused. */
    private static final int REPETITIONS = 12;
    /** Walks that were to come to a choice and did not, because the same steps have led elsewhere. */
    private static final int ATTEMPTS = 3;

    private static final Duration PAUSE = Duration.ofMinutes(5);
    /** Of those that lead to the place that a flow leaves. */
    private static final int MOST_CHOICES = 4;

    private static final String START = " START ";
    private static final String CLOSED = "account-deregistration";
    private static final String REBOUND = "phone-unbinding";

    private static final Map<String, String> OUTCOMES =
            Map.of(CLOSED, "没有一种走法能注销账户，例如这一种。请检查它在哪里偏离了您的本意。", REBOUND, "没有一种走法能换成新手机号，例如这一种。请检查它在哪里偏离了您的本意。");

    private final Stage stage;
    private final Runnable progress;
    private final String setting;
    private final List<ProcessDefinition> startable;

    private final Graph graph = new Graph();
    private final Map<String, Story> stories = new LinkedHashMap<>();
    /** By process, the first that came to its commit point without what that asks for. */
    private final Map<String, Story> withoutEvidence = new HashMap<>();

    private final Set<String> endsByItself = new HashSet<>();
    private final Set<String> outcomes = new HashSet<>();
    private final Set<String> tried = new HashSet<>();
    private final Set<String> repeated = new HashSet<>();
    private final Set<String> happened = new HashSet<>();
    private final Set<String> fruitful = new HashSet<>();
    private final Set<String> broken = new HashSet<>();
    private final Map<String, Integer> attempts = new HashMap<>();
    private final Set<Passed> passed = new LinkedHashSet<>();
    /** By the choices that led there, with where they were made. */
    private final Map<Passed, Map<String, String>> passedBy = new HashMap<>();

    private final Map<String, RehearsalFinding> findings = new LinkedHashMap<>();
    private int walks;
    private int steps;

    /** @param setting which values the tables have */
    Rehearsal(Stage stage, String setting, List<ProcessDefinition> startable, Runnable progress) {
        this.stage = stage;
        this.progress = progress;
        this.setting = setting;
        this.startable = startable;
    }

    /** The same with other values in the tables: what was tried is not tried again only because of them. */
    Rehearsal otherwise(String otherSetting, List<ProcessDefinition> otherwiseStartable) {
        Rehearsal rehearsal = new Rehearsal(stage, otherSetting, otherwiseStartable, progress);
        rehearsal.tried.addAll(tried);
        return rehearsal;
    }

    /** What may happen to an account before a step of one of these kinds, so that the step goes another way. */
    private enum Event {
        ORDER("商城里又有了一笔未完成的订单", Set.of(Type.ANSWER, Type.TIMER), MadeAccounts.Holder::placeOrder),
        PHONE_TAKEN("新手机号被别人绑定", Set.of(Type.ANSWER), MadeAccounts.Holder::losePhone),
        MANY("记录多到一批处理不完", Set.of(Type.JOB, Type.START), MadeAccounts.Holder::holdMany);

        private final String words;
        private final Set<Type> before;
        private final Consumer<MadeAccounts.Holder> effect;

        Event(String words, Set<Type> before, Consumer<MadeAccounts.Holder> effect) {
            this.words = words;
            this.before = before;
            this.effect = effect;
        }
    }

    /** How a walk came to where it is. */
    private record Story(List<String> steps, List<Passed> way) {

        static Story of(Walk walk) {
            return new Story(walk.steps(), walk.way());
        }

        boolean isOf(String process) {
            return !way.isEmpty() && way.get(0).process().equals(process);
        }
    }

    List<RehearsalFinding> findings() {
        return List.copyOf(findings.values());
    }

    boolean refuses() {
        return findings.values().stream().anyMatch(RehearsalFinding::refuses);
    }

    Set<Passed> passed() {
        return passed;
    }

    int walks() {
        return walks;
    }

    int steps() {
        return steps;
    }

    /** Takes every choice once. */
    void takeEachChoice() {
        boolean more = true;
        while (more && walks < MOST_WALKS) {
            more = false;
            for (Kind kind : Kind.values()) {
                more |= walkToSomethingNew(kind);
            }
        }
        if (broken.isEmpty()) {
            withoutOutcome();
            stories.forEach((marking, story) -> {
                if (!graph.leadsToAnEnd(marking)) {
                    report(story, last(story), "走到这里就出不去了：接下来的每一步都会绕回来，到不了任何结束事件。请加一条通向结束事件的路径。");
                }
            });
        }
    }

    /**
     * Tries what else may lead to these flows.
     *
     * @param before what may come directly before an element or flow
     */
    void reach(Set<Passed> flows, Map<Passed, Set<Passed>> before) {
        Set<Passed> given = new HashSet<>();
        boolean more = true;
        while (more) {
            more = false;
            for (Passed flow : flows) {
                if (!passed.contains(flow) && given.add(flow)) {
                    reach(flow, choicesBefore(flow, before));
                    more = true;
                }
            }
        }
        if (!passed.containsAll(flows)) {
            List.copyOf(tried).stream()
                    .filter(key -> fruitful.contains(tail(key)))
                    .forEach(this::repeat);
        }
    }

    /** Those that have led to the nearest place before it, first those that may lead there again. */
    private List<String> choicesBefore(Passed flow, Map<Passed, Set<Passed>> before) {
        Deque<Passed> next = new ArrayDeque<>(Set.of(flow));
        Set<Passed> seen = new HashSet<>();
        while (!next.isEmpty()) {
            Passed element = next.remove();
            if (passedBy.containsKey(element)) {
                return passedBy.get(element).keySet().stream()
                        .sorted(Comparator.comparing(key -> graph.mayStay(key) ? 0 : 1))
                        .limit(MOST_CHOICES)
                        .toList();
            }
            before.getOrDefault(element, Set.of()).stream().filter(seen::add).forEach(next::add);
        }
        return List.of();
    }

    private void reach(Passed flow, List<String> choices) {
        for (String choice : choices) {
            repeat(choice);
            for (Event event : Event.values()) {
                if (!passed.contains(flow) && happened.add(event + " " + choice)) {
                    after(event, choice);
                }
            }
            if (passed.contains(flow)) {
                return;
            }
        }
    }

    /** What is done the same way at another place has the same end of its key. */
    private static String tail(String key) {
        return key.substring(key.lastIndexOf('/') + 1);
    }

    /** Again and again, at once and with pauses, until it leads elsewhere. */
    private void repeat(String key) {
        if (!repeated.add(key)) {
            return;
        }
        if (key.contains(START)) {
            startAgain(key);
            return;
        }
        if (!graph.mayStay(key)) {
            return;
        }
        for (Duration pause : List.of(Duration.ZERO, PAUSE)) {
            for (int before = -1; before < passed.size(); ) {
                before = passed.size();
                walkTo(key).ifPresent(walk -> repeat(walk, key, pause));
                if (passed.size() > before) {
                    fruitful.add(tail(key));
                }
            }
        }
    }

    private void repeat(Walk walk, String key, Duration pause) {
        for (int times = 0; times < REPETITIONS; times++) {
            String marking = marking(walk);
            Choice choice = offered(walk, marking).get(key);
            if (choice == null || !take(walk, marking, choice)) {
                break;
            }
            stage.clock.set(stage.clock.instant().plus(pause));
        }
        goOn(walk);
    }

    /** The same holder starts once more: while the first request runs, and once it was contested. */
    private void startAgain(String key) {
        Walk twice = new Walk(stage, setting, startable, Kind.NOTHING_OPEN);
        take(twice, marking(twice), start(twice, key));
        take(twice, marking(twice), start(twice, key));
        for (ProcessDefinition first : startable) {
            Walk contested = new Walk(stage, setting, startable, Kind.NOTHING_OPEN);
            if (stage.hasStartForm(first)
                    && take(contested, marking(contested), start(contested, START + first.getKey()))
                    && contest(contested)) {
                take(contested, marking(contested), start(contested, key));
                goOn(contested);
            }
        }
    }

    /** As soon as a notice with a link was sent. */
    private boolean contest(Walk walk) {
        for (int jobs = 0; jobs < REPETITIONS; jobs++) {
            String marking = marking(walk);
            Optional<Choice> contest = offered(walk, marking).values().stream()
                    .filter(choice -> choice.type() == Type.CONTEST)
                    .findFirst();
            if (contest.isPresent()) {
                return take(walk, marking, contest.get());
            }
            Optional<Choice> next = walk.withoutAnybody().stream()
                    .filter(choice -> choice.type() == Type.JOB)
                    .findFirst();
            if (next.isEmpty() || !take(walk, marking, next.get())) {
                return false;
            }
        }
        return false;
    }

    private static Choice start(Walk walk, String key) {
        String process = key.substring(key.lastIndexOf(' ') + 1);
        return walk.starts().stream()
                .filter(choice -> choice.process().equals(process))
                .findFirst()
                .orElseThrow();
    }

    private void after(Event event, String key) {
        walkTo(key).ifPresent(walk -> {
            String marking = marking(walk);
            Choice choice = offered(walk, marking).get(key);
            if (choice != null && event.before.contains(choice.type()) && happens(event, walk)) {
                take(walk, marking, choice);
                goOn(walk);
            }
        });
    }

    /** False where the shop's own rules keep it from happening. */
    private static boolean happens(Event event, Walk walk) {
        try {
            event.effect.accept(walk.holder());
        } catch (DataAccessException e) {
            return false;
        }
        walk.note(event.words);
        return true;
    }

    /** To where a choice was made before. */
    private Optional<Walk> walkTo(String key) {
        for (Kind kind : Kind.values()) {
            Walk walk = new Walk(stage, setting, startable, kind);
            String marking = marking(walk);
            for (int step = 0; step < MOST_STEPS; step++) {
                Optional<Choice> next = graph.towards(marking, (any, wanted) -> wanted.equals(key))
                        .flatMap(plan -> walk.choice(plan.first()));
                if (next.isPresent() && next.get().key().equals(key)) {
                    walks++;
                    return Optional.of(walk);
                }
                if (next.isEmpty() || !take(walk, marking, next.get())) {
                    break;
                }
                marking = walk.marking();
            }
        }
        return Optional.empty();
    }

    /** What is open matters only before a start: later the same place is the same. */
    private static String marking(Walk walk) {
        return walk.started() ? walk.marking() : walk.marking() + " " + walk.kind();
    }

    private boolean wanted(String marking, String key) {
        return !tried.contains(key) && !broken.contains(key) && attempts.getOrDefault(key, 0) < ATTEMPTS;
    }

    /** False if from here nothing new is in sight. */
    private boolean walkToSomethingNew(Kind kind) {
        walks++;
        return goOn(new Walk(stage, setting, startable, kind));
    }

    /** From where a walk is; false if nothing new is in sight. */
    private boolean goOn(Walk walk) {
        int before = tried.size();
        String marking = marking(walk);
        String goal = null;
        for (int step = 0; step < MOST_STEPS; step++) {
            Optional<Graph.Plan> known = graph.towards(marking, this::wanted);
            Optional<Choice> next = known.flatMap(plan -> walk.choice(plan.first()));
            if (next.isPresent()) {
                goal = known.get().wanted();
            } else {
                Map<String, Choice> choices = offered(walk, marking);
                if (choices.isEmpty()) {
                    deadEnd(walk);
                    break;
                }
                Optional<Graph.Plan> plan = graph.towards(marking, this::wanted);
                if (plan.isPresent() && choices.containsKey(plan.get().first())) {
                    goal = plan.get().wanted();
                } else {
                    plan = graph.leadsToAnEnd(marking) ? Optional.empty() : onwards(marking, choices);
                }
                next = plan.map(one -> choices.get(one.first()));
            }
            if (next.isEmpty()) {
                break;
            }
            if (next.get().type() == Type.WAIT) {
                tried.add(next.get().key());
                waitToTheEnd(walk, next.get());
                break;
            }
            if (take(walk, marking, next.get())) {
                marking = walk.marking();
            }
        }
        note(walk);
        if (goal != null && !tried.contains(goal)) {
            attempts.merge(goal, 1, Integer::sum);
        }
        return tried.size() > before || goal != null;
    }

    /** Nobody answers any more. */
    private void waitToTheEnd(Walk walk, Choice wait) {
        Set<String> fired = new HashSet<>();
        Set<String> markings = new HashSet<>();
        String marking = walk.marking();
        for (int step = 0; step < MOST_STEPS && !walk.ended() && !endsByItself.contains(marking); step++) {
            markings.add(marking);
            List<Choice> choices = walk.withoutAnybody().stream()
                    .filter(choice -> !broken.contains(choice.key()))
                    .toList();
            Optional<Choice> next = choices.stream()
                    .filter(choice -> choice.type() == Type.JOB || !fired.contains(choice.key()))
                    .findFirst()
                    .or(() -> choices.stream().findFirst());
            if (next.isEmpty()) {
                if (broken.isEmpty()) {
                    report(
                            Story.of(walk),
                            new Passed(wait.process(), wait.element()),
                            "没有人操作时永远停在这里：没有计时把它带走。请在这里或它的外层加一个中断的计时边界事件。");
                }
                return;
            }
            fired.add(next.get().key());
            graph.offer(marking, Set.of(next.get().key()));
            take(walk, marking, next.get());
            marking = walk.marking();
        }
        if (walk.ended() || endsByItself.contains(marking)) {
            endsByItself.addAll(markings);
        } else if (broken.isEmpty()) {
            report(
                    Story.of(walk),
                    new Passed(wait.process(), wait.element()),
                    "没有人操作时永远不会结束：计时一次又一次地绕回来。请加一个到结束事件的中断计时。");
        }
    }

    /** What the walk has come to, which is what the process is for. */
    private void note(Walk walk) {
        if (walk.holder().status().equals("CLOSED")) {
            outcomes.add(CLOSED);
        }
        if (walk.holder().hasTypedPhone()) {
            outcomes.add(REBOUND);
        }
    }

    /** The processes that must come to something and did not: where evidence was missing, else as far as they came. */
    private void withoutOutcome() {
        startable.stream()
                .map(ProcessDefinition::getKey)
                .filter(key -> OUTCOMES.containsKey(key) && !outcomes.contains(key))
                .forEach(key -> Optional.ofNullable(withoutEvidence.get(key))
                        .or(() -> stories.values().stream()
                                .filter(story -> story.isOf(key))
                                .max(Comparator.comparing(story -> story.way().size())))
                        .ifPresent(story -> report(story, last(story), OUTCOMES.get(key))));
    }

    /** Where no end is in sight: what was not done here yet, or what the system does by itself. */
    private Optional<Graph.Plan> onwards(String marking, Map<String, Choice> choices) {
        return choices.values().stream()
                .filter(choice -> choice.type() != Type.WAIT && !graph.moved(marking, choice.key()))
                .findFirst()
                .or(() -> choices.values().stream()
                        .filter(choice -> choice.type() == Type.JOB)
                        .findFirst())
                .map(choice -> new Graph.Plan(choice.key(), choice.key()));
    }

    private Map<String, Choice> offered(Walk walk, String marking) {
        Map<String, Choice> choices = walk.choices().stream()
                .collect(Collectors.toMap(Choice::key, choice -> choice, (one, other) -> one, LinkedHashMap::new));
        choices.keySet().removeAll(broken);
        List.copyOf(choices.values()).stream()
                .filter(choice -> choice.type() == Type.ANSWER)
                .map(Choice::waiting)
                .forEach(wait -> choices.putIfAbsent(wait.key(), wait));
        graph.offer(marking, choices.keySet());
        stories.computeIfAbsent(marking, any -> Story.of(walk));
        return choices;
    }

    /** False if it failed. */
    private boolean take(Walk walk, String marking, Choice choice) {
        tried.add(choice.key());
        steps++;
        int before = walk.way().size();
        try {
            walk.take(choice);
        } catch (RuntimeException e) {
            broken.add(choice.key());
            failed(walk, choice, e);
            return false;
        } finally {
            missing(walk, stage.domain.missing());
            List<Passed> way = walk.way();
            way.subList(before, way.size()).forEach(element -> {
                passed.add(element);
                passedBy.computeIfAbsent(element, any -> new LinkedHashMap<>()).putIfAbsent(choice.key(), marking);
            });
        }
        graph.moved(marking, choice.key(), walk.marking());
        progress.run();
        return true;
    }

    private void failed(Walk walk, Choice choice, RuntimeException failure) {
        Story story = Story.of(walk);
        Passed place = story.way().isEmpty() ? new Passed(choice.process(), choice.element()) : last(story);
        report(story, place, "走到这里时出错，请对照步骤检查这里的条件、变量和接下来的一步。出错的说明：" + message(failure));
    }

    /** Refused by the domain, whatever the diagram makes of that. */
    private void missing(Walk walk, List<String> evidence) {
        Story story = Story.of(walk);
        if (!evidence.isEmpty()) {
            withoutEvidence.putIfAbsent(story.way().get(0).process(), story);
        }
        evidence.forEach(words -> report(false, story, last(story), "在提交点没有得到" + words + "，系统没有执行。"));
    }

    private static Passed last(Story story) {
        return story.way().get(story.way().size() - 1);
    }

    private static String message(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }

    private void deadEnd(Walk walk) {
        Story story = Story.of(walk);
        if (!walk.ended() && broken.isEmpty() && !story.way().isEmpty()) {
            report(story, last(story), "走到这里就停住了：没有人能操作，也没有计时能继续。请把它连到下一步，或加一个中断的计时边界事件。");
        }
    }

    private void report(Story story, Passed place, String text) {
        report(true, story, place, text);
    }

    private void report(boolean refuses, Story story, Passed place, String text) {
        findings.putIfAbsent(
                place + text,
                new RehearsalFinding(
                        refuses,
                        place.process(),
                        place.element(),
                        stage.nameIn(place.process(), place.element()) + text,
                        story.steps(),
                        story.way()));
    }
}
