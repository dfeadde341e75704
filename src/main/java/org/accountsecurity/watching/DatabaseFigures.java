package org.accountsecurity.watching;

import static org.accountsecurity.watching.Gauges.gauge;
import static org.accountsecurity.watching.Gauges.point;
import static org.accountsecurity.watching.Gauges.single;

import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.accountsecurity.obligation.Kind;
import org.accountsecurity.request.WorkingDays;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The metrics that are read from the database; each query reads only rows that are open or recent. */
@Component
class DatabaseFigures {

    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration HOUR = Duration.ofHours(1);

    private final JdbcClient jdbc;
    private final WorkingDays workingDays;
    private final Clock clock;
    private final int daysAtRisk;

    DatabaseFigures(JdbcClient jdbc, WorkingDays workingDays, Clock clock, WatchingSettings settings) {
        this.jdbc = jdbc;
        this.workingDays = workingDays;
        this.clock = clock;
        this.daysAtRisk = settings.daysAtRisk();
    }

    private record Open(String process, LocalDate finishBy, boolean calendarComplete, long requests) {}

    private record Jobs(long failed, long due, double oldestDueSeconds) {}

    List<Figure> all() {
        return List.of(
                new Figure("open_requests", this::openRequests),
                new Figure("ended_requests", this::endedRequests),
                new Figure("erasures", this::erasures),
                new Figure("obligations", this::obligations),
                new Figure("copies", this::copies),
                new Figure("incidents", this::incidents),
                new Figure("jobs", this::jobs));
    }

    private List<MetricSnapshot> openRequests() {
        LocalDate today = LocalDate.ofInstant(clock.instant(), clock.getZone());
        List<Open> open = jdbc.sql(
                        "select process_key, finish_by, calendar_complete, count(*) as requests from holder_request"
                                + " where ended_at is null group by process_key, finish_by, calendar_complete")
                .query((row, number) -> new Open(
                        row.getString("process_key"),
                        row.getObject("finish_by", LocalDate.class),
                        row.getBoolean("calendar_complete"),
                        row.getLong("requests")))
                .list();
        GaugeSnapshot.Builder byProcess = gauge("requests_open", "Requests that are under way");
        open.stream()
                .collect(Collectors.groupingBy(Open::process, Collectors.summingLong(Open::requests)))
                .forEach((process, requests) -> point(byProcess, requests, "process", process));
        return List.of(
                byProcess.build(),
                single(
                        "deadlines_at_risk",
                        "Open requests with few working days left, late ones included",
                        count(
                                open,
                                request -> !workingDays
                                        .before(request.finishBy(), daysAtRisk)
                                        .isAfter(today))),
                single(
                        "deadlines_missed",
                        "Open requests whose last day is over",
                        count(open, request -> request.finishBy().isBefore(today))),
                single(
                        "deadlines_uncertain",
                        "Open requests whose last day was counted without the calendar of the next year",
                        count(open, request -> !request.calendarComplete())));
    }

    private List<MetricSnapshot> endedRequests() {
        GaugeSnapshot.Builder ended =
                gauge("requests_ended_last_day", "Requests that ended within the last 24 hours, by their end event");
        GaugeSnapshot.Builder duration = gauge(
                "request_duration_last_day_seconds", "How long the requests took that ended within the last 24 hours");
        jdbc.sql("select process_key, outcome, count(*) as requests, max(seconds) as longest,"
                        + " percentile_cont(0.5) within group (order by seconds) as median,"
                        + " percentile_cont(0.95) within group (order by seconds) as p95"
                        + " from (select process_key, outcome,"
                        + " cast(extract(epoch from (ended_at - opened_at)) as double precision) as seconds"
                        + " from holder_request where ended_at > ?) recent group by process_key, outcome")
                .param(Timestamp.from(clock.instant().minus(DAY)))
                .query(row -> {
                    String process = row.getString("process_key");
                    String outcome = row.getString("outcome");
                    point(ended, row.getLong("requests"), "process", process, "outcome", outcome);
                    for (String statistic : List.of("median", "p95", "longest")) {
                        double seconds = row.getDouble(statistic);
                        point(duration, seconds, "process", process, "outcome", outcome, "statistic", statistic);
                    }
                });
        return List.of(ended.build(), duration.build());
    }

    private List<MetricSnapshot> erasures() {
        return List.of(single(
                "erasures_stuck",
                "Data sets that could not be erased so far",
                count("select count(*) from erasure e join holder_request r on r.id = e.request_id"
                        + " where r.ended_at is null and e.failed_since is not null and e.verified_at is null")));
    }

    /**
     * The sweep does within minutes what is due, so that something keeps it from what has been due for an hour; what waits
     * for that is not counted.
     */
    private List<MetricSnapshot> obligations() {
        GaugeSnapshot.Builder overdue =
                gauge("obligations_overdue", "What is owed to holders and was due more than an hour ago");
        Map<String, Long> kinds = new HashMap<>();
        jdbc.sql("select kind, count(*) from obligation o where next_attempt_at is not null and due_at < ?"
                        + " and not exists (select 1 from obligation before where before.request_id = o.request_id"
                        + " and before.done_at is null and before.stage > 0 and before.stage < o.stage) group by kind")
                .param(Timestamp.from(clock.instant().minus(HOUR)))
                .query(row -> {
                    kinds.put(row.getString(1), row.getLong(2));
                });
        for (Kind kind : Kind.values()) {
            point(
                    overdue,
                    kinds.getOrDefault(kind.name(), 0L),
                    "kind",
                    kind.name().toLowerCase(Locale.ROOT));
        }
        return List.of(overdue.build());
    }

    /** An attempt that is under way has not failed. */
    private List<MetricSnapshot> copies() {
        return List.of(single(
                "copies_failing",
                "Copies of holders' data that have failed four times or more",
                count("select count(*) from data_export_order"
                        + " where attempts - case when lease is null then 0 else 1 end >= 4")));
    }

    /** One in a called process is repeated at each of its callers. */
    private List<MetricSnapshot> incidents() {
        return List.of(single(
                "incidents",
                "Open incidents of the engine",
                count("select count(*) from act_ru_incident where id_ = root_cause_incident_id_")));
    }

    /** A job without a due date is due from its creation; a code that waits to be sent is one more. */
    private List<MetricSnapshot> jobs() {
        Instant now = clock.instant();
        Jobs jobs = jdbc.sql("select count(case when retries_ = 0 then 1 end) as failed,"
                        + " count(case when retries_ > 0 and due_ <= :now then 1 end) as due,"
                        + " min(case when retries_ > 0 and due_ <= :now then due_ end) as oldest"
                        + " from (select retries_, coalesce(duedate_, create_time_) as due_ from act_ru_job"
                        + " where suspension_state_ = 1 union all"
                        + " select 1, send_due_at from verification_code where send_due_at <= :now) job")
                .params(Map.of("now", Timestamp.from(now)))
                .query((row, number) -> new Jobs(
                        row.getLong("failed"), row.getLong("due"), secondsSince(row.getTimestamp("oldest"), now)))
                .single();
        return List.of(
                single("jobs_failed", "Jobs that no longer try again", jobs.failed()),
                single("jobs_due", "Jobs that are due and not done", jobs.due()),
                single(
                        "jobs_oldest_due_seconds",
                        "For how long the job has been due that has been due for longest",
                        jobs.oldestDueSeconds()));
    }

    private static double secondsSince(Timestamp time, Instant now) {
        return time == null ? 0 : Duration.between(time.toInstant(), now).toMillis() / 1000.0;
    }

    private long count(String query) {
        return jdbc.sql(query).query(Long.class).single();
    }

    /** Of the requests that have a last day. */
    private static long count(List<Open> open, Predicate<Open> which) {
        return open.stream()
                .filter(request -> request.finishBy() != null)
                .filter(which)
                .mapToLong(Open::requests)
                .sum();
    }
}
