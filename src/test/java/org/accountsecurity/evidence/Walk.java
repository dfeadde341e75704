package org.accountsecurity.evidence;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.accountsecurity.obligation.ObligationSweep;
import org.accountsecurity.testing.FreshDemoShop;
import org.accountsecurity.testing.Journey;
import org.accountsecurity.testing.Rows;
import org.accountsecurity.testing.TestClock;
import org.camunda.bpm.engine.FormService;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.task.Task;
import org.camunda.bpm.engine.variable.VariableMap;
import org.camunda.bpm.engine.variable.value.TypedValue;
import org.camunda.spin.plugin.variable.value.JsonValue;
import org.springframework.context.ApplicationContext;

/** A fresh shop, one account in it, and what somebody, the job executor and the time do to its request until all is quiet. */
final class Walk {

    static final String ACCOUNT = "acct-10001";
    static final String PHONE = "13800138001";
    static final String MAIL = "demo-10001@example.com";
    private static final List<String> NEW_PHONES = List.of("13900139001", "13900139002");

    private static final Pattern CODE = Pattern.compile("验证码 (\\d{6})");
    private static final ObjectMapper JSON = new ObjectMapper();
    /** Longer than the time by which a request must be finished. */
    private static final Duration LONG = Duration.ofDays(40);

    private static final Duration QUIET = Duration.ofDays(3);
    private static final int STEPS = 600;
    private static final int REPEATED = 40;

    private final ApplicationContext context;
    private final Rows rows;
    private final TestClock clock;
    private final FormService forms;
    private final IdentityService identity;
    private final RepositoryService repository;
    private final RuntimeService runtime;
    private final TaskService tasks;
    private final ManagementService management;
    private final Journey journey;
    private final ObligationSweep sweep;
    private final String process;
    private final Shop shop;
    private final SaidInPerson said = new SaidInPerson();
    private final Map<String, Integer> executed = new HashMap<>();
    private final Map<String, String> activities = new HashMap<>();
    private final List<String> steps = new ArrayList<>();
    private Instant quietSince;
    private boolean unproven;
    private int told;
    private int phones;

    Walk(ApplicationContext context, String process, Shop shop) {
        this.context = context;
        this.rows = context.getBean(Rows.class);
        this.clock = context.getBean(TestClock.class);
        this.forms = context.getBean(FormService.class);
        this.identity = context.getBean(IdentityService.class);
        this.repository = context.getBean(RepositoryService.class);
        this.runtime = context.getBean(RuntimeService.class);
        this.tasks = context.getBean(TaskService.class);
        this.management = context.getBean(ManagementService.class);
        this.journey = context.getBean(Journey.class);
        this.sweep = context.getBean(ObligationSweep.class);
        this.process = process;
        this.shop = shop;
    }

    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    Shop shop() {
        return shop;
    }

    SaidInPerson said() {
        return said;
    }

    Instant now() {
        return clock.instant();
    }

    /** What was done, for whoever reads a failure. */
    List<String> steps() {
        return steps;
    }

    void note(String step) {
        steps.add(step);
    }

    void of(Person person) {
        FreshDemoShop.reset(context);
        if (shop == Shop.OWED) {
            rows.sql("insert into linked_login (id, account_id, provider, subject) values ('1', :id, 'WECHAT', 'wx-1'),"
                            + " ('2', :id, 'QQ', 'qq-1')")
                    .param("id", ACCOUNT)
                    .update();
        }
        person.begin(this);
        for (int i = 0; i < STEPS; i++) {
            clock.forward(Duration.ofSeconds(1));
            journey.deliverCodes();
            unproven |= isClosedWithoutReceipt();
            boolean busy = executeDueJobs() | doWhatIsOverdue();
            if (!person.act(this) && !busy && !timePasses()) {
                return;
            }
        }
        throw new AssertionError("it never comes to rest: " + steps.subList(steps.size() - 40, steps.size()));
    }

    /** Whether the account was closed for good at a time when nothing proved it. */
    boolean unproven() {
        return unproven;
    }

    private boolean isClosedWithoutReceipt() {
        return rows.number("select count(*) from account where status = 'CLOSED'"
                        + " and not exists (select 1 from receipt where jws is not null)")
                > 0;
    }

    /** In the holder's session, by the start form. */
    void start() {
        String definition = repository
                .createProcessDefinitionQuery()
                .processDefinitionKey(process)
                .latestVersion()
                .singleResult()
                .getId();
        tries("the holder starts", () -> asHolder(() -> forms.submitStartForm(definition, Map.of())));
    }

    List<Task> tasks() {
        return tasks.createTaskQuery().list();
    }

    List<Task> tasksOf(String user) {
        return tasks.createTaskQuery().taskAssignee(user).list();
    }

    boolean waits(Task task) {
        return tasks.createTaskQuery().taskId(task.getId()).count() > 0;
    }

    List<ProcessInstance> instances() {
        return runtime.createProcessInstanceQuery().list();
    }

    List<Job> jobs() {
        return management.createJobQuery().list().stream()
                .filter(job -> job.getProcessInstanceId() != null)
                .toList();
    }

    /** Whether the request is past its point of no return. */
    boolean committed() {
        return rows.number("select count(*) from holder_request where committed_at is not null") > 0;
    }

    /** What the holder's browser gets, empty if that is an error. */
    Optional<Form> read(Task task) {
        List<Form> form = new ArrayList<>();
        tries("the holder reads " + task.getTaskDefinitionKey(), () -> form.add(asHolder(() -> formOf(task))));
        return form.stream().findFirst();
    }

    /** What the browser of this user gets; without a form nothing. */
    Form formOf(Task task) {
        VariableMap values = forms.getTaskFormVariables(task.getId(), null, false);
        Map<String, Object> shown = new HashMap<>();
        values.keySet().forEach(name -> shown.put(name, plain(values.getValueTyped(name))));
        if (forms.getTaskFormData(task.getId()).getCamundaFormRef() == null) {
            return new Form(JSON.createObjectNode(), shown);
        }
        try (InputStream form = forms.getDeployedTaskForm(task.getId())) {
            return new Form(JSON.readTree(form), shown);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Object plain(TypedValue value) {
        return value instanceof JsonValue json ? json.getValueSerialized() : value == null ? null : value.getValue();
    }

    /** In the holder's session; false if it was refused. */
    boolean submit(Task task, Map<String, Object> answers) {
        return tries(
                "the holder submits " + task.getTaskDefinitionKey() + " " + answers,
                () -> asHolder(() -> {
                    forms.submitTaskForm(task.getId(), new HashMap<>(answers));
                    return null;
                }));
    }

    boolean tries(String what, Runnable action) {
        try {
            action.run();
            note(what);
            return true;
        } catch (RuntimeException e) {
            note(what + ", which is refused: " + e.getMessage());
            return false;
        }
    }

    <T> T asHolder(Supplier<T> action) {
        return as(ACCOUNT, List.of("account-holder"), action);
    }

    <T> T as(String user, List<String> groups, Supplier<T> action) {
        identity.setAuthentication(user, groups);
        try {
            return action.get();
        } finally {
            identity.clearAuthentication();
        }
    }

    /** One and the other in turns. */
    String nextPhone() {
        return NEW_PHONES.get(phones++ % NEW_PHONES.size());
    }

    /** The last one that was sent, which the holder knows and may tell; six digits if there is none. */
    String code() {
        journey.deliverCodes();
        return rows.find("select text from inbox_message where text like '%验证码 %' order by id desc limit 1")
                .map(CODE::matcher)
                .filter(Matcher::find)
                .map(code -> code.group(1))
                .orElse("000000");
    }

    /** Once, what was told of the data is no longer so. */
    void consented() {
        said.consented(now());
        int added = shop != Shop.GROWING
                ? 0
                : rows.update(
                        "insert into address (id, account_id, recipient, phone, line) select 'late', id, '收件人', phone,"
                                + " '上海市' from account where id = ? and not exists (select 1 from address where id = 'late')",
                        ACCOUNT);
        if (added > 0) {
            said.outdated();
        }
    }

    void settleInTheShop() {
        rows.update(
                "update shop_order set status = case status when 'UNPAID' then 'CANCELLED' else 'COMPLETED' end,"
                        + " completed_at = placed_at where account_id = ? and status in ('UNPAID', 'IN_DELIVERY')",
                ACCOUNT);
        rows.update("update wallet set balance_fen = 0 where account_id = ?", ACCOUNT);
    }

    private boolean executeDueJobs() {
        List<Job> due = jobs().stream()
                .filter(this::doable)
                .filter(job -> job.getDuedate() == null || !job.getDuedate().after(Date.from(now())))
                .toList();
        due.forEach(job -> {
            executed.merge(job.getJobDefinitionId(), 1, Integer::sum);
            tries("the job executor does " + activity(job), () -> management.executeJob(job.getId()));
        });
        return !due.isEmpty();
    }

    private boolean doWhatIsOverdue() {
        boolean any = false;
        while (sweep.doNext()) {
            note("the sweep does what is overdue");
            any = true;
        }
        return any;
    }

    private String activity(Job job) {
        return activities.computeIfAbsent(
                job.getJobDefinitionId(),
                id -> management
                        .createJobDefinitionQuery()
                        .jobDefinitionId(id)
                        .singleResult()
                        .getActivityId());
    }

    /** What goes round for ever is followed for some rounds. */
    private boolean doable(Job job) {
        return job.getRetries() > 0
                && !job.isSuspended()
                && executed.getOrDefault(job.getJobDefinitionId(), 0) < REPEATED;
    }

    /**
     * To the next thing that is due: within an hour after something was done, else at the latest tomorrow; false when all has
     * been quiet for some days, or nothing ends it.
     */
    private boolean timePasses() {
        if (instances().isEmpty()) {
            quietSince = quietSince == null ? now() : quietSince;
            if (quietSince.plus(QUIET).isBefore(now())) {
                return false;
            }
        } else {
            quietSince = null;
        }
        Instant latest = now().plus(steps.size() == told ? Duration.ofDays(1) : Duration.ofHours(1));
        told = steps.size();
        Instant next = jobs().stream()
                .filter(this::doable)
                .map(job -> job.getDuedate().toInstant())
                .min(Comparator.naturalOrder())
                .filter(latest::isAfter)
                .orElse(latest);
        clock.set(next);
        sweep.check();
        return next.isBefore(TestClock.START.plus(LONG));
    }
}
