package org.accountsecurity.rehearsal;

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
import org.accountsecurity.rehearsal.MadeAccounts.Kind;
import org.accountsecurity.rehearsal.PassedElements.Passed;
import org.accountsecurity.rehearsal.Walk.Choice;
import org.accountsecurity.rehearsal.Walk.Type;
import org.camunda.bpm.engine.repository.ProcessDefinition;

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

    private static final String WAIT = "WAIT ";

    private final Stage stage;
    private final Consumer<String> progress;
    private final String setting;
    private final List<ProcessDefinition> startable;

    private final Graph graph = new Graph();
    private final Map<String, Kind> starts = new LinkedHashMap<>();
    private final Set<String> tried = new HashSet<>();
    private final Set<String> broken = new HashSet<>();
    private final Map<String, Integer> attempts = new HashMap<>();
    private final Set<Passed> passed = new LinkedHashSet<>();
    /** By the choices that led there, with where they were made. */
    private final Map<Passed, Map<String, String>> passedBy = new HashMap<>();

    private final Map<String, RehearsalFinding> findings = new LinkedHashMap<>();
    private int walks;
    private int steps;

    /** @param setting which values the tables have */
    Rehearsal(Stage stage, String setting, List<ProcessDefinition> startable, Consumer<String> progress) {
        this.stage = stage;
        this.progress = progress;
        this.setting = setting;
        this.startable = startable;
    }

    /** What may happen to an account before a step, so that it goes another way. */
    private enum Event {
        ORDER("商城里又有了一笔未完成的订单") {
            @Override
            void happensTo(MadeAccounts.Holder holder) {
                holder.placeOrder();
            }
        },
        SETTLED("商城里的事项已全部处理") {
            @Override
            void happensTo(MadeAccounts.Holder holder) {
                holder.settleEverything();
            }
        },
        PHONE_TAKEN("新手机号被别人绑定") {
            @Override
            void happensTo(MadeAccounts.Holder holder) {
                holder.losePhone();
            }
        },
        MANY("记录多到一批处理不完") {
            @Override
            void happensTo(MadeAccounts.Holder holder) {
                holder.holdMany();
            }
        };

        private final String words;

        Event(String words) {
            this.words = words;
        }

        abstract void happensTo(MadeAccounts.Holder holder);
    }

    List<RehearsalFinding> findings() {
        return List.copyOf(findings.values());
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

    /** @param flows that are to be taken */
    void walk(Set<Passed> flows) {
        boolean more = true;
        while (more && walks < MOST_WALKS) {
            more = false;
            for (Kind kind : Kind.values()) {
                more |= walkToSomethingNew(kind);
            }
        }
        Set<Passed> left = new LinkedHashSet<>(flows);
        left.removeAll(passed);
    }

    private boolean wanted(String marking, String key) {
        return !tried.contains(key) && !broken.contains(key) && attempts.getOrDefault(key, 0) < ATTEMPTS;
    }

    /** False if from here nothing new is in sight. */
    private boolean walkToSomethingNew(Kind kind) {
        Walk walk = new Walk(stage, setting, startable, kind);
        String marking = walk.marking() + " " + kind;
        int before = tried.size();
        String goal = null;
        for (int step = 0; step < MOST_STEPS; step++) {
            Map<String, Choice> choices = offered(walk, marking);
            if (choices.isEmpty()) {
                if (!walk.ended()) {
                    deadEnd(walk);
                }
                break;
            }
            Optional<Graph.Plan> plan = graph.towards(marking, this::wanted);
            if (plan.isPresent() && choices.containsKey(plan.get().first())) {
                goal = plan.get().wanted();
            } else {
                plan = graph.leadsToAnEnd(marking) ? Optional.empty() : onwards(marking, choices);
            }
            if (plan.isEmpty()) {
                break;
            }
            walks += step == 0 ? 1 : 0;
            if (take(walk, marking, choices.get(plan.get().first()))) {
                marking = walk.marking();
            }
        }
        if (goal != null && !tried.contains(goal)) {
            attempts.merge(goal, 1, Integer::sum);
        }
        return tried.size() > before || goal != null;
    }

    /** Where no end is in sight: what was not done here yet, or what the system does by itself. */
    private Optional<Graph.Plan> onwards(String marking, Map<String, Choice> choices) {
        return choices.values().stream()
                .filter(choice -> !graph.moved(marking, choice.key()))
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
        graph.offer(marking, choices.keySet());
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
            List<Passed> way = walk.way();
            way.subList(before, way.size()).forEach(element -> {
                passed.add(element);
                passedBy.computeIfAbsent(element, any -> new LinkedHashMap<>()).putIfAbsent(choice.key(), marking);
            });
        }
        graph.moved(marking, choice.key(), walk.marking());
        progress.accept(choice.words());
        return true;
    }

    private void failed(Walk walk, Choice choice, RuntimeException failure) {
        List<Passed> way = walk.way();
        Passed last = way.isEmpty() ? new Passed(choice.process(), choice.element()) : way.get(way.size() - 1);
        report(walk, last.process(), last.element(), "执行时出错：" + message(failure) + "。");
    }

    private static String message(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }

    private void deadEnd(Walk walk) {
        List<Passed> way = walk.way();
        Passed last = way.get(way.size() - 1);
        report(walk, last.process(), last.element(), "走到这里就停住了：没有人能操作，也没有计时能继续。");
    }

    private void report(Walk walk, String process, String element, String text) {
        findings.putIfAbsent(
                process + "/" + element + " " + text,
                new RehearsalFinding(
                        true,
                        process,
                        element,
                        text,
                        walk.steps(),
                        walk.way().stream()
                                .map(one -> new RehearsalFinding.Passed(one.process(), one.element()))
                                .toList()));
    }
}
