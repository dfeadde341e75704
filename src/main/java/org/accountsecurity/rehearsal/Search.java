package org.accountsecurity.rehearsal;

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
import java.util.stream.Stream;
import org.accountsecurity.engine.rehearsal.RehearsalFinding;
import org.accountsecurity.engine.rehearsal.RehearsalFinding.Passed;
import org.accountsecurity.rehearsal.MadeAccounts.Happening;
import org.accountsecurity.rehearsal.MadeAccounts.Kind;
import org.accountsecurity.rehearsal.Stage.Flow;
import org.accountsecurity.rehearsal.Stage.Start;
import org.accountsecurity.rehearsal.Walk.Choice;
import org.accountsecurity.rehearsal.Walk.Type;
import org.accountsecurity.text.Sentence;

/**
 * Takes each choice once: the way to one that was seen and not taken yet is taken again, and then whatever is new behind it.
 * The same files are walked in the same way.
 */
final class Search {

    private static final int MOST_WALKS = 600;
    private static final int MOST_STEPS = 80;
    /** That time alone may take the same step. */
    private static final int MOST_ROUNDS = 30;
    /** Of those that have come to where a flow leaves. */
    private static final int MOST_CHOICES = 4;

    private static final String CLOSED = "account-deregistration";
    private static final String REBOUND = "phone-unbinding";
    /** Where staff answers a contest. */
    private static final String CONTEST = "contested-request/";

    private static final Map<String, String> OUTCOMES =
            Map.of(CLOSED, "rehearsal.never-closed", REBOUND, "rehearsal.never-rebound");

    private final Stage stage;
    private final Runnable progress;

    /** By the key of a choice, the shortest known list of what to choose before it. */
    private final Map<String, List<String>> ways = new LinkedHashMap<>();

    private final Set<String> tried = new HashSet<>();
    private final Set<String> broken = new HashSet<>();
    /** Choices that have left everything where it was. */
    private final Set<String> staying = new HashSet<>();

    private final Set<String> varied = new HashSet<>();
    private final Set<String> fruitful = new HashSet<>();
    private final Set<Passed> passed = new HashSet<>();
    private final Map<Passed, Set<String>> passedBy = new HashMap<>();
    private final Set<String> seen = new HashSet<>();
    private final Set<String> endsByItself = new HashSet<>();
    private final Set<Start> fulfilled = new HashSet<>();
    private final Map<Start, RehearsalFinding> withoutEvidence = new HashMap<>();
    private final Map<Start, RehearsalFinding> longest = new HashMap<>();
    private Optional<RehearsalFinding> keptRestricted = Optional.empty();
    private boolean lifted;
    private final Map<String, RehearsalFinding> findings = new LinkedHashMap<>();
    private List<Start> starts = List.of();
    private int walks;

    Search(Stage stage, Runnable progress) {
        this.stage = stage;
        this.progress = progress;
    }

    List<RehearsalFinding> findings() {
        return List.copyOf(findings.values());
    }

    boolean refuses() {
        return findings.values().stream().anyMatch(RehearsalFinding::refuses);
    }

    boolean hasPassed(Passed element) {
        return passed.contains(element);
    }

    /** Takes every choice that these lead to, and those that may come to the other flows. */
    void walk(List<Start> deployed) {
        starts = deployed;
        // the engine starts the newest only
        ways.clear();
        varied.clear();
        passedBy.clear();
        for (Kind kind : Kind.values()) {
            Walk walk = new Walk(stage, starts);
            take(walk, walk.account(kind));
            goOn(walk);
        }
        takeTheRest();
        if (broken.isEmpty()) {
            starts.stream()
                    .filter(start -> OUTCOMES.containsKey(key(start)) && !fulfilled.contains(start))
                    .forEach(start -> Optional.ofNullable(withoutEvidence.getOrDefault(start, longest.get(start)))
                            .ifPresent(this::report));
            keptRestricted.filter(finding -> !lifted).ifPresent(this::report);
        }
        if (!refuses()) {
            reach();
        }
    }

    private void takeTheRest() {
        Optional<String> next = untried();
        while (next.isPresent() && walks < MOST_WALKS) {
            walkTo(next.get()).ifPresent(this::goOn);
            next = untried();
        }
    }

    private Optional<String> untried() {
        return ways.keySet().stream()
                .filter(key -> !tried.contains(key) && !broken.contains(key))
                .findFirst();
    }

    /** Lets something happen before the choices that have led to the last element before each other flow, or repeats them. */
    private void reach() {
        Set<String> given = new HashSet<>();
        boolean more = true;
        while (more) {
            more = false;
            for (Flow flow : stage.flows()) {
                Optional<Passed> last = hasPassed(flow.passed()) ? Optional.empty() : lastBefore(flow);
                if (last.isPresent() && given.add(flow + " " + last.get())) {
                    reach(flow.passed(), passedBy.get(last.get()));
                    more = true;
                }
            }
        }
        if (!stage.flows().stream().map(Flow::passed).allMatch(this::hasPassed)) {
            // what has led further at one place may do so at another
            List.copyOf(ways.keySet())
                    .forEach(key -> Stream.of(Happening.values())
                            .filter(happening -> fruitful.contains(happening + tail(key)))
                            .forEach(happening -> takeAfter(happening, key)));
        }
    }

    private Optional<Passed> lastBefore(Flow flow) {
        Deque<Passed> next = new ArrayDeque<>(Set.of(flow.from()));
        Set<Passed> known = new HashSet<>();
        while (!next.isEmpty()) {
            Passed element = next.remove();
            if (passedBy.containsKey(element)) {
                return Optional.of(element);
            }
            stage.flows().stream()
                    .filter(before -> before.to().equals(element) && known.add(before.from()))
                    .forEach(before -> next.add(before.from()));
        }
        return Optional.empty();
    }

    private void reach(Passed flow, Set<String> choices) {
        choices.stream()
                .filter(ways::containsKey)
                .sorted(Comparator.comparing(key -> !staying.contains(key)))
                .limit(MOST_CHOICES)
                .toList()
                .forEach(key -> Stream.of(Happening.values())
                        .filter(happening -> !hasPassed(flow))
                        .forEach(happening -> takeAfter(happening, key)));
    }

    /** What is chosen the same way at another place has the same end of its key. */
    private static String tail(String key) {
        return key.substring(key.lastIndexOf('/') + 1);
    }

    private void takeAfter(Happening happening, String key) {
        boolean again = happening.times() > 1;
        if (again && !staying.contains(key) || !varied.add(happening + key)) {
            return;
        }
        int before = passed.size();
        walkTo(key).ifPresent(walk -> {
            Optional<Choice> next =
                    walk.choice(key).filter(choice -> happening.before().contains(choice.type()));
            for (int times = 0; times < happening.times() && next.isPresent(); times++) {
                if (happening != Happening.NOTHING) {
                    take(walk, walk.happening(happening));
                }
                next = take(walk, next.get()) ? walk.choice(key) : Optional.empty();
            }
            goOn(walk);
        });
        takeTheRest();
        if (passed.size() > before) {
            fruitful.add(happening + tail(key));
        }
    }

    /** To where a choice was seen before. */
    private Optional<Walk> walkTo(String key) {
        walks++;
        Walk walk = new Walk(stage, starts);
        for (String step : ways.getOrDefault(key, List.of())) {
            if (walk.choice(step).filter(choice -> take(walk, choice)).isEmpty()) {
                break;
            }
        }
        if (walk.choice(key).isEmpty()) {
            // the same steps have led elsewhere
            ways.remove(key);
            return Optional.empty();
        }
        return Optional.of(walk);
    }

    /** From where a walk is as long as there is something new; then nobody does anything any more. */
    private void goOn(Walk walk) {
        for (int step = 0; step < MOST_STEPS; step++) {
            boolean isNew = seen.add(walk.marking());
            if (isNew && walk.start() != null && walk.isStraight()) {
                longest.merge(
                        walk.start(),
                        withoutOutcome(walk),
                        (known, other) -> other.way().size() > known.way().size() ? other : known);
            }
            if (walk.hasEnded()) {
                break;
            }
            List<Choice> choices = offered(walk);
            List<Choice> untried = choices.stream()
                    .filter(choice -> !tried.contains(choice.key()))
                    .toList();
            Optional<Choice> next = untried.stream()
                    .filter(choice -> !isNew || !choice.type().isAside())
                    .findFirst()
                    .or(() -> choices.stream().filter(choice -> isNew).findFirst());
            if (choices.stream().allMatch(choice -> choice.type().isAside())
                    || next.isEmpty()
                    || next.get().type() == Type.WAIT) {
                next.ifPresent(choice -> tried.add(choice.key()));
                break;
            }
            tried.add(next.get().key());
            take(walk, next.get());
        }
        if (walk.start() != null) {
            waitToTheEnd(walk);
            if (CLOSED.equals(key(walk.start()))
                    ? walk.holder().isClosed()
                    : walk.holder().hasNewPhone()) {
                fulfilled.add(walk.start());
            }
        }
    }

    private List<Choice> offered(Walk walk) {
        List<Choice> choices = walk.choices().stream()
                .filter(choice -> !broken.contains(choice.key()))
                .toList();
        List<String> before = walk.keys();
        choices.forEach(choice ->
                ways.merge(choice.key(), before, (known, other) -> other.size() < known.size() ? other : known));
        return choices;
    }

    private void waitToTheEnd(Walk walk) {
        Map<String, Integer> taken = new HashMap<>();
        Set<String> markings = new HashSet<>();
        while (!walk.hasEnded() && !endsByItself.contains(walk.marking())) {
            markings.add(walk.marking());
            Optional<Choice> next = walk.withoutAnybody().stream()
                    .filter(choice -> !broken.contains(choice.key()))
                    .min(Comparator.comparing(
                            choice -> choice.type() == Type.JOB ? 0 : taken.getOrDefault(choice.key(), 0)));
            if (next.isEmpty() || taken.merge(next.get().key(), 1, Integer::sum) > MOST_ROUNDS) {
                if (broken.isEmpty()) {
                    boolean somebody = walk.choices().stream().anyMatch(choice -> choice.type() == Type.ANSWER);
                    report(finding(
                            true,
                            walk,
                            last(walk),
                            Sentence.of(
                                    next.isPresent()
                                            ? somebody ? "rehearsal.round-for-nobody" : "rehearsal.round"
                                            : somebody ? "rehearsal.stays-for-nobody" : "rehearsal.stays")));
                }
                return;
            }
            take(walk, next.get());
        }
        endsByItself.addAll(markings);
    }

    /** False if it failed. */
    private boolean take(Walk walk, Choice choice) {
        String marking = walk.marking();
        int before = walk.way().size();
        boolean answersContest =
                choice.type() == Type.ANSWER && choice.place().startsWith(CONTEST) && isRestricted(walk);
        try {
            walk.take(choice);
        } catch (RuntimeException e) {
            broken.add(choice.key());
            report(finding(true, walk, last(walk), Sentence.of("rehearsal.failed", "message", message(e))));
            return false;
        } finally {
            progress.run();
            // refused by the domain, whatever the diagram makes of that
            stage.heard.missing().forEach(evidence -> {
                withoutEvidence.putIfAbsent(walk.start(), withoutOutcome(walk));
                report(finding(
                        false, walk, last(walk), Sentence.of("rehearsal.missing-evidence", "evidence", evidence)));
            });
            walk.way().stream().skip(before).forEach(element -> {
                passed.add(element);
                passedBy.computeIfAbsent(element, any -> new LinkedHashSet<>()).add(choice.key());
            });
        }
        if (marking.equals(walk.marking())) {
            staying.add(choice.key());
        }
        if (answersContest && !isRestricted(walk)) {
            lifted = true;
        } else if (answersContest && keptRestricted.isEmpty()) {
            keptRestricted = Optional.of(finding(true, walk, last(walk), Sentence.of("rehearsal.restricted")));
        }
        return true;
    }

    private boolean isRestricted(Walk walk) {
        return stage.contests.restriction(walk.holder().account()).isPresent();
    }

    private static String message(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }

    private static String key(Start start) {
        return start.process().getKey();
    }

    private static Passed last(Walk walk) {
        List<Passed> way = walk.way();
        return way.isEmpty() ? new Passed(key(walk.start()), "") : way.get(way.size() - 1);
    }

    private RehearsalFinding withoutOutcome(Walk walk) {
        return finding(
                true,
                walk,
                last(walk),
                Optional.ofNullable(OUTCOMES.get(key(walk.start())))
                        .map(Sentence::of)
                        .orElseGet(() -> Sentence.plain("")));
    }

    private RehearsalFinding finding(boolean refuses, Walk walk, Passed place, Sentence text) {
        String when = walk.start().when();
        Sentence named = stage.named(place, text);
        return new RehearsalFinding(
                refuses && when.isEmpty(),
                place.process(),
                place.element(),
                when.isEmpty() ? named : Sentence.of(when, "finding", named),
                walk.steps(),
                walk.way());
    }

    private void report(RehearsalFinding finding) {
        findings.putIfAbsent(finding.place() + finding.text(), finding);
    }
}
