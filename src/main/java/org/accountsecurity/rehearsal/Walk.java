package org.accountsecurity.rehearsal;

import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.accountsecurity.engine.rehearsal.RehearsalFinding.Passed;
import org.accountsecurity.engine.worker.WorkerTopic;
import org.camunda.bpm.engine.repository.ProcessDefinition;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.task.IdentityLink;
import org.camunda.bpm.engine.task.Task;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What happens to one made account: what can be done next, and what was done. */
final class Walk {

    /** Where everything has ended. */
    static final String END = "END";

    private static final String STAFF = "rehearsal-staff";
    private static final String HOLDERS = "account-holder";
    private static final Duration LOCK = Duration.ofMinutes(1);

    private final Stage stage;
    private final String setting;
    private final List<ProcessDefinition> definitions;
    private final MadeAccounts.Kind kind;
    private final MadeAccounts.Holder holder;
    private final List<String> roots = new ArrayList<>();
    private final List<String> steps = new ArrayList<>();
    private final List<Passed> way = new ArrayList<>();
    private String contested = "";
    private boolean started;

    /** @param setting which values of tables hold */
    Walk(Stage stage, String setting, List<ProcessDefinition> definitions, MadeAccounts.Kind kind) {
        this.stage = stage;
        this.setting = setting;
        this.definitions = definitions;
        this.kind = kind;
        stage.clock.reset();
        stage.passed.take();
        this.holder = stage.accounts.make(kind);
    }

    enum Type {
        START,
        JOB,
        ANSWER,
        CONTEST,
        TIMER,
        /** Nobody does anything any more. */
        WAIT
    }

    /**
     * Something that can be done now.
     *
     * @param key the same in every walk
     * @param place where it is done: the elements from the process that a holder started
     * @param element in which it is done
     * @param words in Chinese
     */
    record Choice(
            String key,
            Type type,
            String place,
            String process,
            String element,
            String words,
            Instant due,
            Runnable does) {

        /** To leave it undone, for good. */
        Choice waiting() {
            return new Choice("WAIT " + place, Type.WAIT, place, process, element, "不再操作", due, () -> {});
        }
    }

    MadeAccounts.Kind kind() {
        return kind;
    }

    MadeAccounts.Holder holder() {
        return holder;
    }

    List<String> steps() {
        return List.copyOf(steps);
    }

    List<Passed> way() {
        return List.copyOf(way);
    }

    boolean started() {
        return started;
    }

    /** One token of the process, or what waits for it. */
    private record Execution(
            String id, String caller, String activity, String instance, String definition, String key) {}

    private record Waiting(String id, Execution execution, String activity, String place, Instant due) {

        Choice choice(String key, Type type, String words, Runnable does) {
            return new Choice(key, type, place, execution.key(), activity, words, due, does);
        }
    }

    /** Where the processes of this account are. */
    private final class Position {

        private final Map<String, Execution> executions = new LinkedHashMap<>();
        private final List<Waiting> jobs;
        private final List<Waiting> tasks;
        private final List<Waiting> external;

        Position() {
            select("select e.ID_, e.SUPER_EXEC_, e.ACT_ID_, e.PROC_INST_ID_, e.PROC_DEF_ID_, d.KEY_"
                            + " from ACT_RU_EXECUTION e join ACT_RE_PROCDEF d on d.ID_ = e.PROC_DEF_ID_"
                            + " join ACT_RU_EXECUTION p on p.ID_ = e.PROC_INST_ID_"
                            + " where p.ROOT_PROC_INST_ID_ in (:roots)")
                    .query((row, number) -> new Execution(
                            row.getString(1),
                            row.getString(2),
                            row.getString(3),
                            row.getString(4),
                            row.getString(5),
                            row.getString(6)))
                    .list()
                    .forEach(execution -> executions.put(execution.id(), execution));
            jobs = waiting("select j.ID_, j.EXECUTION_ID_, d.ACT_ID_, j.DUEDATE_ from ACT_RU_JOB j"
                    + " join ACT_RU_JOBDEF d on d.ID_ = j.JOB_DEF_ID_"
                    + " join ACT_RU_EXECUTION e on e.ID_ = j.PROCESS_INSTANCE_ID_"
                    + " where e.ROOT_PROC_INST_ID_ in (:roots)");
            tasks = waiting("select t.ID_, t.EXECUTION_ID_, t.TASK_DEF_KEY_, t.DUE_DATE_ from ACT_RU_TASK t"
                    + " join ACT_RU_EXECUTION e on e.ID_ = t.PROC_INST_ID_ where e.ROOT_PROC_INST_ID_ in (:roots)");
            external = waiting("select t.ID_, t.EXECUTION_ID_, t.ACT_ID_, t.LOCK_EXP_TIME_ from ACT_RU_EXT_TASK t"
                    + " join ACT_RU_EXECUTION e on e.ID_ = t.PROC_INST_ID_ where e.ROOT_PROC_INST_ID_ in (:roots)");
        }

        private List<Waiting> waiting(String sql) {
            return select(sql)
                    .query((row, number) -> {
                        Execution execution = executions.get(row.getString(2));
                        String activity = row.getString(3);
                        return new Waiting(
                                row.getString(1),
                                execution,
                                activity,
                                place(execution, activity),
                                instant(row.getTimestamp(4)));
                    })
                    .list();
        }

        private JdbcClient.StatementSpec select(String sql) {
            return stage.jdbc.sql(sql).param("roots", roots.isEmpty() ? List.of("") : roots);
        }

        private String place(Execution execution, String activity) {
            Execution instance = executions.get(execution.instance());
            Execution caller = executions.get(instance.caller());
            return (caller == null ? instance.key() : place(caller, caller.activity())) + "/" + activity;
        }

        private List<Waiting> byDue() {
            return jobs.stream()
                    .sorted(Comparator.comparing(Waiting::due).thenComparing(Waiting::place))
                    .toList();
        }

        private Stream<Waiting> everything() {
            return Stream.of(jobs, tasks, external).flatMap(List::stream);
        }

        private String marking() {
            TreeSet<String> places = new TreeSet<>();
            everything().forEach(waiting -> places.add(waiting.place()));
            if (places.isEmpty()) {
                executions.values().stream()
                        .filter(execution -> execution.activity() != null)
                        .forEach(execution -> places.add(place(execution, execution.activity())));
            }
            return executions.isEmpty() ? END : String.join(" ", places);
        }
    }

    private static Instant instant(Timestamp timestamp) {
        return timestamp == null ? Instant.EPOCH : timestamp.toInstant();
    }

    /** Where all of it waits; the same in every walk that waits there. */
    String marking() {
        return setting + " " + (started() ? new Position().marking() : "START");
    }

    boolean ended() {
        return started() && new Position().executions.isEmpty();
    }

    /** Starts, also beside what runs already. */
    List<Choice> starts() {
        return definitions.stream().map(this::start).toList();
    }

    /** What the system and time do by themselves: first what is due at once, then what is due next. */
    List<Choice> withoutAnybody() {
        List<Waiting> byDue = new Position().byDue();
        return Stream.concat(dueAtOnce(byDue), dueLater(byDue)).toList();
    }

    private Stream<Choice> dueAtOnce(List<Waiting> byDue) {
        return byDue.stream()
                .filter(this::isDueAtOnce)
                .collect(Collectors.groupingBy(Waiting::place, LinkedHashMap::new, Collectors.toList()))
                .values()
                .stream()
                .map(this::job);
    }

    private Stream<Choice> dueLater(List<Waiting> byDue) {
        return byDue.stream().filter(job -> !isDueAtOnce(job)).map(job -> job(List.of(job)));
    }

    /** What can be done now: first what is due at once, last what time brings about. */
    List<Choice> choices() {
        Map<String, Choice> choices = new LinkedHashMap<>();
        choices(place -> true).forEach(choice -> choices.putIfAbsent(choice.key(), choice));
        return List.copyOf(choices.values());
    }

    /** One of those that can be done now, without reading the forms of others. */
    Optional<Choice> choice(String key) {
        return choices(place -> key.contains(" " + place + " "))
                .filter(choice -> choice.key().equals(key))
                .findFirst();
    }

    /** @param places where somebody may do something */
    private Stream<Choice> choices(Predicate<String> places) {
        if (!started()) {
            return starts().stream();
        }
        Position position = new Position();
        List<Waiting> byDue = position.byDue();
        return Stream.<Supplier<Stream<Choice>>>of(
                        () -> dueAtOnce(byDue),
                        () -> position.tasks.stream()
                                .filter(task -> places.test(task.place()))
                                .flatMap(this::answers),
                        () -> position.external.stream()
                                .filter(task -> places.test(task.place()))
                                .flatMap(this::external),
                        () -> dueLater(byDue),
                        () -> position.executions.isEmpty() ? Stream.empty() : contest())
                .flatMap(Supplier::get);
    }

    private boolean isDueAtOnce(Waiting job) {
        return !job.due().isAfter(stage.clock.instant());
    }

    /** Something that happens outside of the processes. */
    void note(String words) {
        steps.add(words);
    }

    /** Does it, and what nodes then do by themselves. */
    void take(Choice choice) {
        steps.add(choice.words());
        try {
            choice.does().run();
            stage.doWork();
        } finally {
            way.addAll(stage.passed.take());
        }
    }

    private Choice start(ProcessDefinition process) {
        String key = String.join(" ", setting, "START", kind.name(), process.getKey());
        return new Choice(
                key,
                Type.START,
                process.getKey(),
                process.getKey(),
                "",
                kind.words() + "的持有人申请“" + process.getName() + "”",
                Instant.EPOCH,
                () -> submitStart(process));
    }

    private void submitStart(ProcessDefinition process) {
        if (!stage.hasStartForm(process)) {
            startByTimer(process);
            return;
        }
        rootsOf(() -> stage.as(holder.account(), HOLDERS, () -> {
            byte[] form = Stage.bytes(stage.forms.getDeployedStartForm(process.getId()));
            Map<String, Object> shown = Answers.plain(stage.forms.getStartFormVariables(process.getId(), null, false));
            Answers.Answer answer =
                    new Answers(form, shown, stage.accounts, holder).all().get(0);
            return stage.forms.submitStartForm(process.getId(), new HashMap<>(answer.values()));
        }));
    }

    private void startByTimer(ProcessDefinition process) {
        Job timer = stage.management
                .createJobQuery()
                .processDefinitionId(process.getId())
                .timers()
                .listPage(0, 1)
                .get(0);
        stage.clock.set(later(timer.getDuedate().toInstant()));
        rootsOf(() -> {
            stage.management.executeJob(timer.getId());
            return null;
        });
    }

    /** What is started by this belongs to the walk. */
    private void rootsOf(Supplier<?> action) {
        List<String> before = stage.roots();
        action.get();
        started = true;
        stage.roots().stream().filter(id -> !before.contains(id)).forEach(roots::add);
    }

    private Instant later(Instant due) {
        return due.isAfter(stage.clock.instant()) ? due : stage.clock.instant();
    }

    private String name(Waiting waiting) {
        return stage.name(waiting.execution().definition(), waiting.activity());
    }

    /** Jobs of one element, which the instances of a loop have each. */
    private Choice job(List<Waiting> jobs) {
        Waiting job = jobs.get(0);
        boolean atOnce = isDueAtOnce(job);
        return job.choice(
                (atOnce ? "JOB " : "TIMER ") + job.place(),
                atOnce ? Type.JOB : Type.TIMER,
                (atOnce ? "系统执行" : "等到") + name(job),
                () -> {
                    stage.clock.set(later(job.due()));
                    jobs.forEach(one -> stage.management.executeJob(one.id()));
                });
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
            // offered to nobody
            return Stream.empty();
        }
        List<Answers.Answer> answers;
        try {
            answers = read(task, user, group);
        } catch (RuntimeException e) {
            return Stream.of(waiting.choice("READ " + waiting.place(), Type.ANSWER, "打开" + name(waiting), () -> {
                throw e;
            }));
        }
        String where = (ofStaff ? "工作人员在" : "在") + name(waiting);
        return answers.stream()
                .map(answer -> waiting.choice(
                        "ANSWER " + waiting.place() + " " + answer.label(),
                        Type.ANSWER,
                        where + (answer.words().isEmpty() ? "提交" : answer.words()),
                        () -> submit(task, user, group, answer)));
    }

    /** As a browser does: the form and what it shows come before the answer. */
    private List<Answers.Answer> read(Task task, String user, String group) {
        return stage.as(user, group, () -> {
            byte[] form = Stage.bytes(stage.forms.getDeployedTaskForm(task.getId()));
            Map<String, Object> shown = Answers.plain(stage.forms.getTaskFormVariables(task.getId(), null, false));
            return new Answers(form, shown, stage.accounts, holder).all();
        });
    }

    private void submit(Task task, String user, String group, Answers.Answer answer) {
        if (answer.values().get("newPhone") instanceof String phone && !phone.equals(holder.phone())) {
            holder.typed(phone);
        }
        stage.as(user, group, () -> {
            stage.forms.submitTaskForm(task.getId(), new HashMap<>(answer.values()));
            return null;
        });
    }

    /** What a worker may say: each value of each variable at least once, and each error. */
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
        return waiting.choice(
                "EXTERNAL " + waiting.place() + " " + result,
                Type.ANSWER,
                "外部系统完成" + name(waiting) + (result.isEmpty() ? "" : "，结果是" + result),
                () -> {
                    stage.externalTasks.lock(waiting.id(), STAFF, LOCK.toMillis());
                    does.run();
                });
    }

    /** What a notice lets its reader do. */
    private Stream<Choice> contest() {
        return holder
                .contestToken()
                .filter(token -> !token.equals(contested))
                .map(token -> new Choice(
                        "CONTEST",
                        Type.CONTEST,
                        "CONTEST",
                        "",
                        "",
                        "有人用通知里的链接报告“不是本人操作”",
                        Instant.EPOCH,
                        () -> contest(token)))
                .stream();
    }

    private void contest(String token) {
        contested = token;
        rootsOf(() -> stage.contests.contest(token));
    }
}
