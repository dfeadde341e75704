package org.accountsecurity.watching;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.accountsecurity.request.WorkingDays;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads the figures, each with a query that looks at what is open or recent and not at what is over. */
@Component
class DatabaseFigures {

    private static final Duration DAY = Duration.ofDays(1);

    private final JdbcClient jdbc;
    private final WorkingDays workingDays;
    private final Clock clock;
    private final int daysAtRisk;

    DatabaseFigures(
            JdbcClient jdbc,
            WorkingDays workingDays,
            Clock clock,
            @Value("${account-security.watching.days-at-risk}") int daysAtRisk) {
        this.jdbc = jdbc;
        this.workingDays = workingDays;
        this.clock = clock;
        this.daysAtRisk = daysAtRisk;
    }

    private record Open(String process, LocalDate finishBy, boolean calendarComplete, long requests) {}

    private record Jobs(long failed, long due, double oldestDueSeconds) {}

    Figures read() {
        Instant now = clock.instant();
        LocalDate today = LocalDate.ofInstant(now, clock.getZone());
        List<Open> open = open();
        Jobs jobs = jobs(now);
        return new Figures(
                open.stream().collect(Collectors.groupingBy(Open::process, Collectors.summingLong(Open::requests))),
                ended(now.minus(DAY)),
                count(
                        open,
                        request -> !workingDays
                                .before(request.finishBy(), daysAtRisk)
                                .isAfter(today)),
                count(open, request -> request.finishBy().isBefore(today)),
                count(open, request -> !request.calendarComplete()),
                count("select count(*) from erasure e join holder_request r on r.id = e.request_id"
                        + " where r.ended_at is null and e.failed_since is not null and e.verified_at is null"),
                // one in a called process is repeated at each of its callers
                count("select count(*) from act_ru_incident where id_ = root_cause_incident_id_"),
                jobs.failed(),
                jobs.due(),
                jobs.oldestDueSeconds());
    }

    private List<Open> open() {
        return jdbc.sql("select process_key, finish_by, calendar_complete, count(*) as requests from holder_request"
                        + " where ended_at is null group by process_key, finish_by, calendar_complete")
                .query((row, number) -> new Open(
                        row.getString("process_key"),
                        row.getObject("finish_by", LocalDate.class),
                        row.getBoolean("calendar_complete"),
                        row.getLong("requests")))
                .list();
    }

    private List<Figures.Ended> ended(Instant since) {
        return jdbc.sql("select process_key, outcome, count(*) as requests, max(seconds) as longest,"
                        + " percentile_cont(0.5) within group (order by seconds) as median,"
                        + " percentile_cont(0.95) within group (order by seconds) as ninety_fifth"
                        + " from (select process_key, outcome,"
                        + " cast(extract(epoch from (ended_at - opened_at)) as double precision) as seconds"
                        + " from holder_request where ended_at > ?) recent group by process_key, outcome")
                .param(Timestamp.from(since))
                .query((row, number) -> new Figures.Ended(
                        row.getString("process_key"),
                        row.getString("outcome"),
                        row.getLong("requests"),
                        row.getDouble("median"),
                        row.getDouble("ninety_fifth"),
                        row.getDouble("longest")))
                .list();
    }

    /** A job without a due date is due from its creation. */
    private Jobs jobs(Instant now) {
        return jdbc.sql("select count(case when retries_ = 0 then 1 end) as failed,"
                        + " count(case when retries_ > 0 and due_ <= :now then 1 end) as due,"
                        + " min(case when retries_ > 0 and due_ <= :now then due_ end) as oldest"
                        + " from (select retries_, coalesce(duedate_, create_time_) as due_ from act_ru_job"
                        + " where suspension_state_ = 1) job")
                .params(Map.of("now", Timestamp.from(now)))
                .query((row, number) -> new Jobs(
                        row.getLong("failed"), row.getLong("due"), secondsSince(row.getTimestamp("oldest"), now)))
                .single();
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
