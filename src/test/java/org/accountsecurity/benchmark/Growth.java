package org.accountsecurity.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.springframework.jdbc.core.JdbcTemplate;

/** What becomes of the figures when much has been done, much is waiting, much is due at once, or somebody owns much. */
final class Growth {

    private static final int CLIENTS = 4;
    /** Codes that expire before it is measured how fast they do. */
    private static final int WARM_UP = 500;

    private static final String EXPIRED = "from ACT_RU_JOB where HANDLER_CFG_ like 'BoundaryEvent_CodeExpired%'";

    private final Field field;
    private final Settings settings;
    private final Report report;
    private final List<Block> blocks = new ArrayList<>();

    Growth(Field field, Settings settings, Report report) {
        this.field = field;
        this.settings = settings;
        this.report = report;
    }

    void run() throws IOException, InterruptedException {
        ContenderProcess finished = finished(field.another("ours with finished", Kind.OURS));
        ContenderProcess waiting = waiting(field.another("ours with timers", Kind.OURS));
        ContenderProcess alone = field.another("ours with nothing", Kind.OURS);
        race(List.of(alone, finished, waiting));
        throughput(alone, finished, waiting);
        report.write();
        ContenderProcess ours = field.contender(Kind.OURS);
        orders(ours);
        report.write();
        ContenderProcess stock = field.contender(Kind.STOCK);
        ContenderProcess stockWaiting = waiting(field.another("stock with timers", Kind.STOCK));
        codes(List.of(alone, waiting, stock, stockWaiting));
    }

    /** Half of them deregistrations, half phone changes. */
    private ContenderProcess finished(ContenderProcess contender) {
        int first = contender.holders(Work.values().length);
        Copies copies = new Copies(contender.database());
        for (Work work : Work.values()) {
            contender.ask("race", work, 1, 1, first++);
        }
        Progress.tell("copying " + settings.finished() + " finished requests");
        copies.make(settings.finished() / Work.values().length);
        return contender;
    }

    private ContenderProcess waiting(ContenderProcess contender) {
        int first = contender.holders(1);
        Copies copies = new Copies(contender.database());
        contender.ask("race", Work.PHONE_CHANGE, 1, 1, first, "UserTask_ReadUnbindingNotice");
        Progress.tell("copying " + settings.timers() + " outstanding timers");
        copies.make(settings.timers());
        return contender;
    }

    private void race(List<ContenderProcess> contenders) {
        for (int round = 1; round <= settings.rounds(); round++) {
            for (int turn = 0; turn < contenders.size(); turn++) {
                ContenderProcess contender = contenders.get((round + turn) % contenders.size());
                for (Work work : Work.values()) {
                    blocks.add(field.block(round, contender, work, CLIENTS, settings.count()));
                    Progress.tell(blocks.get(blocks.size() - 1));
                }
            }
        }
    }

    private double perSecond(ContenderProcess contender, Work work, int round) {
        return blocks.stream()
                .filter(block ->
                        block.contender().equals(contender.name()) && block.work() == work && block.round() == round)
                .findFirst()
                .orElseThrow()
                .perSecond();
    }

    private void throughput(ContenderProcess alone, ContenderProcess finished, ContenderProcess waiting)
            throws IOException {
        report.section("With %,d finished requests, and with %,d outstanding timers, at %d clients"
                .formatted(settings.finished(), settings.timers(), CLIENTS));
        Table table = new Table("work", "with", "processes/s", "share of without");
        Plot plot = new Plot("Processes a second as data grows", "median, ours", List.of("processes"));
        for (Work work : Work.values()) {
            for (ContenderProcess contender : List.of(alone, finished, waiting)) {
                double median = Spread.of(IntStream.rangeClosed(1, settings.rounds())
                                .mapToDouble(round -> perSecond(contender, work, round)))
                        .median();
                Spread share = Spread.of(IntStream.rangeClosed(1, settings.rounds())
                        .mapToDouble(round -> perSecond(contender, work, round) / perSecond(alone, work, round)));
                String with = contender.name().replace("ours with ", "");
                table.row(work.label(), with, median, share);
                plot.bar(work.label(), with, median);
            }
        }
        report.text(table);
        report.plot("growth", plot);
        report.data("growth", blocks);
    }

    private void codes(List<ContenderProcess> contenders) throws IOException, InterruptedException {
        report.section("%,d codes that expire at once, by the job executor".formatted(settings.codes()));
        Table table = new Table("who", "codes/s");
        Plot plot = new Plot("Expired codes a second", "by the job executor", List.of("codes"));
        Map<String, Double> data = new LinkedHashMap<>();
        for (ContenderProcess contender : contenders) {
            expire(contender, Math.min(WARM_UP, settings.codes()));
            double perSecond = expire(contender, settings.codes());
            Progress.tell("%s: %.0f codes/s".formatted(contender.name(), perSecond));
            table.row(contender.name(), perSecond);
            String[] words = contender.name().split(" ", 2);
            plot.bar(words[0], contender.name().endsWith("timers") ? "timers" : "alone", perSecond);
            data.put(contender.name(), perSecond);
        }
        report.text(table);
        report.plot("codes", plot);
        report.data("expired codes a second", data);
    }

    private double expire(ContenderProcess contender, int number) throws InterruptedException {
        JdbcTemplate jdbc = contender.database().jdbc();
        int first = contender.holders(1);
        Copies copies = new Copies(contender.database());
        contender.ask("race", Work.PHONE_CHANGE, 1, 1, first, "UserTask_EnterCode");
        copies.make(number - 1);
        String due = EXPIRED + " and DUEDATE_ < now() - interval '1 hour'";
        jdbc.update("update ACT_RU_JOB set DUEDATE_ = DUEDATE_ - interval '1 day' where ID_ in (select ID_ " + EXPIRED
                + ")");
        String begun = jdbc.queryForObject("select now()::text", String.class);
        contender.ask("jobs", "on");
        while (jdbc.queryForObject("select count(*) " + due, Long.class) > 0) {
            Thread.sleep(1_000);
        }
        contender.ask("jobs", "off");
        return number
                / jdbc.queryForObject(
                        "select extract(epoch from max(voided_at) - min(voided_at)) from verification_code"
                                + " where voided_at > ?::timestamptz",
                        Double.class,
                        begun);
    }

    private void orders(ContenderProcess contender) {
        report.section("Accounts with many orders, ours, in milliseconds");
        Table table = new Table("orders", "export", "erasure", "erasures", "whole deregistration");
        Map<Integer, Object> data = new LinkedHashMap<>();
        for (int number : settings.orders()) {
            int first = contender.holders(1);
            contender.database().addOrders(Holder.of(first), number);
            JsonNode answer = contender.ask("race", Work.DEREGISTRATION, 1, 1, first);
            JsonNode latencies = answer.path("latencies");
            double export = sum(latencies, EngineWalk.COPY);
            double erasure = sum(latencies, "ServiceTask_Erase");
            int erasures = latencies.path("ServiceTask_Erase").size();
            double whole = answer.path("seconds").asDouble() * 1_000;
            table.row(number, export, erasure, erasures, whole);
            data.put(number, List.of(export, erasure, erasures, whole));
            Progress.tell("%,d orders: %.0f ms".formatted(number, whole));
        }
        report.text(table);
        report.data("orders: ms of the export, ms of the erasure, its parts, ms of the whole", data);
    }

    private static double sum(JsonNode latencies, String interaction) {
        double sum = 0;
        for (JsonNode one : latencies.path(interaction)) {
            sum += one.asDouble() / 1_000;
        }
        return sum;
    }
}
