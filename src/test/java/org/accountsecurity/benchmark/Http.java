package org.accountsecurity.benchmark;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.accountsecurity.testing.Visitor;

/** The step in which a holder types a code, by the requests that Tasklist makes for it. */
final class Http {

    private static final int CLIENTS = 4;
    private static final int REQUESTS = 6;
    private static final String PASSWORD = "password";
    private static final String TASK = Visitor.ENGINE + "/task";

    private final Field field;
    private final Settings settings;
    private final Report report;
    private final List<Step> steps = new ArrayList<>();

    private record Step(int round, String contender, double perSecond, double cpuMillis, List<Long> micros) {}

    /** A holder who is logged in and waits at the form for the code. */
    private record Waiting(Holder holder, Visitor visitor, String code) {}

    Http(Field field, Settings settings, Report report) {
        this.field = field;
        this.settings = settings;
        this.report = report;
    }

    void run() throws IOException, InterruptedException, ExecutionException {
        List<ContenderProcess> contenders = List.of(
                field.contender(Kind.OURS),
                field.another("ours without gates", Kind.UNGATED),
                field.contender(Kind.STOCK));
        for (int round = 0; round <= settings.rounds(); round++) {
            for (int turn = 0; turn < contenders.size(); turn++) {
                Step step = step(round, contenders.get((round + turn) % contenders.size()));
                Progress.tell("http: %s, %.0f requests/s".formatted(step.contender(), step.perSecond()));
                if (round > 0) {
                    steps.add(step);
                }
            }
        }
        report.section("The code step over HTTP, at %d clients".formatted(CLIENTS));
        Table table = new Table(
                "who",
                "requests/s",
                "CPU a step, JVM, ms",
                "step, ms: median, 99 %",
                "requests/s, share of without gates");
        for (ContenderProcess contender : contenders) {
            List<Step> all = of(contender);
            List<Long> micros =
                    all.stream().flatMap(step -> step.micros().stream()).toList();
            table.row(
                    contender.name(),
                    Spread.of(all.stream().mapToDouble(Step::perSecond)).median(),
                    Spread.of(all.stream().mapToDouble(Step::cpuMillis)).median(),
                    "%.1f, %.1f"
                            .formatted(Spread.percentile(micros, 50) / 1000.0, Spread.percentile(micros, 99) / 1000.0),
                    Spread.of(all.stream()
                            .mapToDouble(step -> step.perSecond()
                                    / of(contenders.get(1))
                                            .get(step.round() - 1)
                                            .perSecond())));
        }
        report.text(table);
        Map<String, Object> data = new LinkedHashMap<>();
        contenders.forEach(contender -> data.put(
                contender.name(), of(contender).stream().map(Step::perSecond).toList()));
        report.data("requests a second of the code step", data);
    }

    private List<Step> of(ContenderProcess contender) {
        return steps.stream()
                .filter(step -> step.contender().equals(contender.name()))
                .toList();
    }

    private Step step(int round, ContenderProcess contender) throws InterruptedException, ExecutionException {
        List<Waiting> waiting = waiting(contender);
        ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
        long cpu = Cpu.of(contender.pid());
        long begun = System.nanoTime();
        List<Future<Long>> all = new ArrayList<>();
        for (Waiting holder : waiting) {
            all.add(threads.submit(() -> enterCode(holder)));
        }
        List<Long> micros = new ArrayList<>();
        for (Future<Long> one : all) {
            micros.add(one.get());
        }
        double seconds = (System.nanoTime() - begun) / 1e9;
        threads.shutdown();
        return new Step(
                round,
                contender.name(),
                REQUESTS * waiting.size() / seconds,
                (Cpu.of(contender.pid()) - cpu) / (double) waiting.size(),
                micros);
    }

    private List<Waiting> waiting(ContenderProcess contender) {
        int first = contender.holders(settings.count());
        contender.database().letIn(PASSWORD);
        contender.ask("race", Work.PHONE_CHANGE, CLIENTS, settings.count(), first, "UserTask_EnterCode");
        int port = contender.ask("port").path("port").asInt();
        List<Waiting> waiting = new ArrayList<>();
        for (int number = first; number < first + settings.count(); number++) {
            Holder holder = Holder.of(number);
            Visitor visitor = new Visitor(port);
            visitor.login(holder.phone(), PASSWORD);
            String code = contender.ask("code", holder.phone()).path("code").asText();
            waiting.add(new Waiting(holder, visitor, code));
        }
        return waiting;
    }

    /** In microseconds. */
    private static long enterCode(Waiting waiting) {
        long begun = System.nanoTime();
        Visitor visitor = waiting.visitor();
        String task = ok(visitor.get(TASK + "?assignee=" + waiting.holder().account()))
                .json()
                .path(0)
                .path("id")
                .asText();
        ok(visitor.get(TASK + "/" + task));
        ok(visitor.get(TASK + "/" + task + "/form"));
        ok(visitor.get(TASK + "/" + task + "/deployed-form"));
        ok(visitor.get(TASK + "/" + task + "/form-variables?deserializeValues=false"));
        ok(visitor.submitUnread(task, Map.of("choice", "SUBMIT", "code", waiting.code())));
        return (System.nanoTime() - begun) / 1_000;
    }

    private static Visitor.Answer ok(Visitor.Answer answer) {
        if (answer.status() / 100 != 2) {
            throw new IllegalStateException(answer.toString());
        }
        return answer;
    }
}
