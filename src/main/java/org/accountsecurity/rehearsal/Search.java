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
import org.accountsecurity.rehearsal.RehearsalAccounts.Happening;
import org.accountsecurity.rehearsal.RehearsalAccounts.Kind;
import org.accountsecurity.rehearsal.Stage.Flow;
import org.accountsecurity.rehearsal.Stage.Start;
import org.accountsecurity.rehearsal.Walk.Choice;
import org.accountsecurity.rehearsal.Walk.Type;
import org.accountsecurity.text.Sentence;

/**
 * Explores the models: takes each choice once, by repeating the way to an untried choice and going on from there.
 * Deterministic for the same files.
 */
final class Search {

    private static final int MOST_WALKS = 600;
    private static final int MOST_STEPS = 80;
    /** Most repetitions of one step by timers alone. */
    private static final int MOST_ROUNDS = 30;
    /** Most choices tried for one flow. */
    private static final int MOST_CHOICES = 4;

    private static final String CLOSED = "account-deregistration";
    private static final String REBOUND = "phone-unbinding";
    /** The process in which staff answers a contest. */
    private static final String CONTEST = "contested-request/";

    private static final Map<String, String> OUTCOMES =
            Map.of(CLOSED, "rehearsal.never-closed", REBOUND, "rehearsal.never-rebound");

    private final Stage stage;
    private final Runnable progress;

    /** For each choice the shortest known list of choices before it. */
    private final Map<String, List<String>> ways = new LinkedHashMap<>();

    private final Set<String> tried = new HashSet<>();
    private final Set<String> failed = new HashSet<>();
    /** Choices after which the marking was the same. */
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

    /** Takes every reachable choice, then tries to reach the remaining flows. */
    void walk(List<Start> deployed) {
        starts = deployed;
        // an engine starts the latest version only
        ways.clear();
        varied.clear();
        passedBy.clear();
        for (Kind kind : Kind.values()) {
            Walk walk = new Walk(stage, starts);
            take(walk, walk.account(kind));
            continueWalk(walk);
        }
        takeUntried();
        if (failed.isEmpty()) {
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

    private void takeUntried() {
        Optional<String> next = untried();
        while (next.isPresent() && walks < MOST_WALKS) {
            walkTo(next.get()).ifPresent(this::continueWalk);
            next = untried();
        }
    }

    private Optional<String> untried() {
        return ways.keySet().stream()
                .filter(key -> !tried.contains(key) && !failed.contains(key))
                .findFirst();
    }

    /** Tries events, or repetitions, before the last choices that lead towards a flow that was not passed. */
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
            // an event that has helped at one place may help at another
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

    /** The end of a key is the same for the same choice at another place. */
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
            continueWalk(walk);
        });
        takeUntried();
        if (passed.size() > before) {
            fruitful.add(happening + tail(key));
        }
    }

    /** Repeats the choices up to a known one. */
    private Optional<Walk> walkTo(String key) {
        walks++;
        Walk walk = new Walk(stage, starts);
        for (String step : ways.getOrDefault(key, List.of())) {
            if (walk.choice(step).filter(choice -> take(walk, choice)).isEmpty()) {
                break;
            }
        }
        if (walk.choice(key).isEmpty()) {
            // the same choices have led elsewhere
            ways.remove(key);
            return Optional.empty();
        }
        return Optional.of(walk);
    }

    /** Continues as long as there is something new, then waits until timers end the walk. */
    private void continueWalk(Walk walk) {
        for (int step = 0; step < MOST_STEPS; step++) {
            boolean isNew = seen.add(walk.marking());
            if (isNew && walk.start() != null && walk.isMainRequest()) {
                longest.merge(
                        walk.start(),
                        missingOutcome(walk),
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
                    .filter(choice -> !isNew || !choice.type().isIndependent())
                    .findFirst()
                    .or(() -> choices.stream().filter(choice -> isNew).findFirst());
            if (choices.stream().allMatch(choice -> choice.type().isIndependent())
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
                .filter(choice -> !failed.contains(choice.key()))
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
            Optional<Choice> next = walk.automaticSteps().stream()
                    .filter(choice -> !failed.contains(choice.key()))
                    .min(Comparator.comparing(
                            choice -> choice.type() == Type.JOB ? 0 : taken.getOrDefault(choice.key(), 0)));
            if (next.isEmpty() || taken.merge(next.get().key(), 1, Integer::sum) > MOST_ROUNDS) {
                if (failed.isEmpty()) {
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

    /** Takes a choice; false if it failed. */
    private boolean take(Walk walk, Choice choice) {
        String marking = walk.marking();
        int before = walk.way().size();
        boolean answersContest =
                choice.type() == Type.ANSWER && choice.place().startsWith(CONTEST) && isRestricted(walk);
        try {
            walk.take(choice);
        } catch (RuntimeException e) {
            failed.add(choice.key());
            report(finding(true, walk, last(walk), Sentence.of("rehearsal.failed", "message", message(e))));
            return false;
        } finally {
            progress.run();
            // the domain has refused, whatever the diagram does then
            stage.heard.missing().forEach(evidence -> {
                withoutEvidence.putIfAbsent(walk.start(), missingOutcome(walk));
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

    private RehearsalFinding missingOutcome(Walk walk) {
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
