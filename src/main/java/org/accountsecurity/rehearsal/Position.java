package org.accountsecurity.rehearsal;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.accountsecurity.engine.rehearsal.RehearsalFinding.Passed;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The position of instances and the instances they call, with everything they wait for. */
final class Position {

    private final Map<String, Execution> executions = new HashMap<>();
    private final List<Waiting> waiting;

    /** @param roots ids of the instances without a caller */
    Position(JdbcClient jdbc, Collection<String> roots) {
        select(
                        jdbc,
                        roots,
                        "select e.ID_, e.SUPER_EXEC_, e.ACT_ID_, e.PROC_INST_ID_, d.KEY_"
                                + " from ACT_RU_EXECUTION e join ACT_RE_PROCDEF d on d.ID_ = e.PROC_DEF_ID_"
                                + " join ACT_RU_EXECUTION p on p.ID_ = e.PROC_INST_ID_ where p.ROOT_PROC_INST_ID_ in (:ids)")
                .query((row, number) -> new Execution(
                        row.getString(1), row.getString(2), row.getString(3), row.getString(4), row.getString(5)))
                .list()
                .forEach(execution -> executions.put(execution.id(), execution));
        waiting = Stream.of(Kind.values())
                .flatMap(kind -> select(jdbc, executions.keySet(), kind.sql)
                        .query((row, number) -> waiting(
                                kind, row.getString(1), row.getString(2), row.getString(3), row.getTimestamp(4)))
                        .list()
                        .stream()
                        .sorted())
                .toList();
    }

    /** Kinds of wait states, each with a query for the execution, the element and the due date. */
    enum Kind {
        JOB("select w.ID_, w.EXECUTION_ID_, d.ACT_ID_, w.DUEDATE_"
                + " from ACT_RU_JOB w join ACT_RU_JOBDEF d on d.ID_ = w.JOB_DEF_ID_"),
        TASK("select w.ID_, w.EXECUTION_ID_, w.TASK_DEF_KEY_, null from ACT_RU_TASK w"),
        EXTERNAL("select w.ID_, w.EXECUTION_ID_, w.ACT_ID_, null from ACT_RU_EXT_TASK w");

        private final String sql;

        Kind(String select) {
            this.sql = select + " where w.EXECUTION_ID_ in (:ids)";
        }
    }

    /** An execution. */
    private record Execution(String id, String caller, String activity, String instance, String process) {}

    /**
     * A wait state.
     *
     * @param at the element
     * @param place the path of elements from the root process
     */
    record Waiting(Kind kind, String id, Passed at, String place, Instant due) implements Comparable<Waiting> {

        @Override
        public int compareTo(Waiting other) {
            return due.equals(other.due) ? place.compareTo(other.place) : due.compareTo(other.due);
        }
    }

    private static JdbcClient.StatementSpec select(JdbcClient jdbc, Collection<String> ids, String sql) {
        return jdbc.sql(sql).param("ids", ids.isEmpty() ? List.of("") : ids);
    }

    private Waiting waiting(Kind kind, String id, String execution, String activity, Timestamp due) {
        Execution token = executions.get(execution);
        return new Waiting(
                kind,
                id,
                new Passed(token.process(), activity),
                place(token, activity),
                due == null ? Instant.EPOCH : due.toInstant());
    }

    private String place(Execution execution, String activity) {
        Execution instance = executions.get(execution.instance());
        Execution caller = executions.get(instance.caller());
        return (caller == null ? instance.process() : place(caller, caller.activity())) + "/" + activity;
    }

    boolean hasEnded() {
        return executions.isEmpty();
    }

    /** Sorted by due date. */
    List<Waiting> waiting(Kind kind) {
        return waiting.stream().filter(one -> one.kind() == kind).toList();
    }

    /** Identifies the set of wait states. */
    String marking() {
        TreeSet<String> places = new TreeSet<>();
        waiting.forEach(one -> places.add(one.place()));
        if (places.isEmpty()) {
            executions.values().stream()
                    .filter(execution -> execution.activity() != null)
                    .forEach(execution -> places.add(place(execution, execution.activity())));
        }
        return String.join(" ", places);
    }
}
