package org.accountsecurity.testing;

import java.sql.Timestamp;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.FormService;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.task.Task;
import org.camunda.bpm.engine.variable.value.TypedValue;
import org.camunda.spin.Spin;
import org.camunda.spin.plugin.variable.value.JsonValue;
import org.springframework.context.ApplicationContext;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Some accounts, and whatever their holders, strangers, support, the shop, the job executor and the time do to them, by
 * chance. The same seed takes the same steps; only ids and codes differ.
 */
public class RandomWalk {

    private static final String DEREGISTRATION = "account-deregistration";
    private static final String PHONE_UNBINDING = "phone-unbinding";
    private static final List<String> FREE_PHONES = List.of("13900139001", "13900139002", "+86 139-0013-9003");
    private static final List<String> GARBAGE = List.of("12345", "02087654321", "+14155552671", "not a number");
    private static final Pattern CODE = Pattern.compile("验证码 (\\d{6})");
    private static final int LAST_JOBS = 600;

    private final JdbcClient jdbc;
    private final Rows rows;
    private final TestClock clock;
    private final FormService forms;
    private final IdentityService identity;
    private final RepositoryService repository;
    private final RuntimeService runtime;
    private final TaskService tasks;
    private final ManagementService management;
    private final Visitor visitor;
    private final Journey journey;
    private final Invariants invariants;
    private final Random random;
    private final List<String> accounts;
    private final List<String> steps = new ArrayList<>();
    private final Map<String, Integer> refused = new TreeMap<>();
    private int written;
    private boolean favouritesFail;
    private boolean messagesFail;

    public RandomWalk(ApplicationContext context, Invariants invariants, long seed) {
        this.jdbc = context.getBean(JdbcClient.class);
        this.rows = context.getBean(Rows.class);
        this.clock = context.getBean(TestClock.class);
        this.forms = context.getBean(FormService.class);
        this.identity = context.getBean(IdentityService.class);
        this.repository = context.getBean(RepositoryService.class);
        this.runtime = context.getBean(RuntimeService.class);
        this.tasks = context.getBean(TaskService.class);
        this.management = context.getBean(ManagementService.class);
        this.visitor = new Visitor(context.getEnvironment().getRequiredProperty("local.server.port", Integer.class));
        this.journey = context.getBean(Journey.class);
        this.invariants = invariants;
        this.random = new Random(seed);
        List<String> all =
                new ArrayList<>(List.of("acct-10001", "acct-10002", "acct-10003", "acct-10004", "acct-10005"));
        Collections.shuffle(all, random);
        this.accounts = all.subList(0, 2 + random.nextInt(2)).stream().sorted().toList();
    }

    /** What was done, in order. */
    public List<String> steps() {
        return steps;
    }

    /** How often which forgery was refused. */
    public Map<String, Integer> refused() {
        return refused;
    }

    public void walk() {
        invariants.personal("13900139001", "13900139002", "13900139003");
        accounts.forEach(this::addFavourite);
        invariants.personalOfTheShop();
        int length = 18 + random.nextInt(10);
        start(accounts.get(0));
        invariants.check();
        for (int i = 1; i < length; i++) {
            step();
            invariants.check();
        }
    }

    /** Heals what fails, and does every job there is, in the order in which they are due. */
    public void finish() {
        heal();
        management.createJobQuery().noRetriesLeft().list().forEach(job -> management.setJobRetries(job.getId(), 3));
        Map<String, Integer> rechecks = new HashMap<>();
        for (int i = 0; i < LAST_JOBS; i++) {
            List<Waiting> left = jobs().stream()
                    .filter(job -> !job.activity().equals("BoundaryEvent_RecheckDue")
                            || rechecks.getOrDefault(job.job().getExecutionId(), 0) < 2)
                    .sorted(Comparator.comparing(Waiting::due))
                    .toList();
            if (left.isEmpty()) {
                invariants.check();
                return;
            }
            Waiting next = left.get(0);
            if (next.due().getTime() > clock.millis()) {
                clock.set(next.due().toInstant());
            }
            if (next.activity().equals("BoundaryEvent_RecheckDue")) {
                rechecks.merge(next.job().getExecutionId(), 1, Integer::sum);
            }
            journey.deliverCodes();
            steps.add("at the end " + next);
            management.executeJob(next.job().getId());
            if (i % 8 == 0) {
                invariants.check();
            }
        }
        throw new AssertionError("the jobs do not come to an end");
    }

    private void step() {
        int dice = random.nextInt(100);
        if (dice < 6) {
            start(any(accounts));
        } else if (dice < 52) {
            answer();
        } else if (dice < 72) {
            executeDueJobs();
        } else if (dice < 81) {
            pass();
        } else if (dice < 89) {
            shopEvent();
        } else if (dice < 93) {
            forge();
        } else if (dice < 95) {
            contest();
        } else {
            breakOrHeal();
        }
    }

    private void start(String holder) {
        start(holder, random.nextInt(100) < 60 ? DEREGISTRATION : PHONE_UNBINDING);
    }

    private void start(String holder, String process) {
        steps.add(holder + " starts " + process);
        as(holder, () -> forms.submitStartForm(definition(process), Map.of()));
    }

    private String definition(String process) {
        return repository
                .createProcessDefinitionQuery()
                .processDefinitionKey(process)
                .latestVersion()
                .singleResult()
                .getId();
    }

    private void answer() {
        List<Task> waiting = waitingTasks();
        if (waiting.isEmpty()) {
            start(any(accounts));
            return;
        }
        List<Task> ofTheFirst = waiting.stream()
                .filter(one -> accounts.get(0).equals(one.getAssignee()))
                .toList();
        Task task = any(ofTheFirst.isEmpty() || random.nextInt(100) < 30 ? waiting : ofTheFirst);
        switch (task.getTaskDefinitionKey()) {
            case "UserTask_ReadNotice" ->
                choose(task, 88, "CONTINUE", "WITHDRAW", "consent", true, "channel", channel(task));
            case "UserTask_ReadUnbindingNotice" -> choose(task, 90, "CONTINUE", "WITHDRAW", "channel", channel(task));
            case "UserTask_ConfirmDeregistration" -> choose(task, 88, "CONFIRM", "WITHDRAW");
            case "UserTask_ConfirmUnbinding" -> confirmUnbinding(task);
            case "UserTask_RenewCode" -> choose(task, 80, "RESEND", "GIVE_UP");
            case "UserTask_EnterCode" -> enterCode(task);
            case "UserTask_EnterNewPhone" -> enterNewPhone(task);
            case "UserTask_ResolveOpenItems" -> resolveOpenItems(task);
            case "UserTask_CoolOff" -> {
                if (random.nextInt(100) < 15) {
                    submit(task);
                } else {
                    forward(Duration.ofDays(1 + random.nextInt(3)));
                }
            }
            case "UserTask_HandleStuckErasure" -> submitAs("support", List.of("support"), task, Map.of());
            case "UserTask_HandleContest" ->
                submitAs("support", List.of("support"), task, Map.of("choice", any(List.of("OWN", "NOT_OWN"))));
            default -> submit(task);
        }
    }

    /** The values after the choices go with the first one. */
    private void choose(Task task, int percent, String first, String second, Object... withTheFirst) {
        if (random.nextInt(100) >= percent) {
            submit(task, "choice", second);
            return;
        }
        List<Object> values = new ArrayList<>(List.of("choice", first));
        values.addAll(List.of(withTheFirst));
        submit(task, values.toArray());
    }

    private void enterCode(Task task) {
        int dice = random.nextInt(100);
        if (dice < 6) {
            submit(task, "choice", "RESEND");
        } else if (dice < 10 && options(task, "choices").contains("OTHER_CHANNEL")) {
            submit(task, "choice", "OTHER_CHANNEL");
        } else if (dice < 14) {
            submit(task, "choice", "GIVE_UP");
        } else {
            List<String> codes = codes(task);
            if (codes.isEmpty() && !messagesFail) {
                sendCodes();
                invariants.check();
                codes = codes(task);
            }
            String code = codes.isEmpty() ? "000000" : codes.get(0);
            if (dice < 24) {
                code = Journey.wrong(code);
            } else if (dice < 28 && codes.size() > 1) {
                code = codes.get(1);
            }
            submit(task, "choice", "SUBMIT", "code", code);
            for (int again = 1; dice < 17 && again < 6 && stillWaits(task); again++) {
                invariants.check();
                submit(task(task.getProcessInstanceId(), "UserTask_EnterCode"), "choice", "SUBMIT", "code", code);
            }
        }
    }

    private void enterNewPhone(Task task) {
        int dice = random.nextInt(100);
        String phone = switch (dice / 10) {
            case 0 -> any(GARBAGE);
            case 1 -> phoneOf(any(accounts));
            default -> any(FREE_PHONES);
        };
        choose(task, 92, "CONTINUE", "WITHDRAW", "newPhone", phone == null ? any(FREE_PHONES) : phone);
    }

    /** Sometimes another account has just bound the number. */
    private void confirmUnbinding(Task task) {
        if (random.nextInt(100) < 20) {
            changePhone(any(accounts), any(rows.texts("select new_phone from phone_change order by new_phone")));
        }
        choose(task, 88, "CONFIRM", "WITHDRAW");
    }

    private void resolveOpenItems(Task task) {
        List<String> settleable = options(task, "settleable");
        int dice = random.nextInt(100);
        if (dice < 8) {
            submit(task, "choice", "WITHDRAW");
        } else if (dice < 60 && !settleable.isEmpty()) {
            List<String> ticked = dice < 45 ? settleable : settleable.subList(0, 1 + random.nextInt(settleable.size()));
            submit(task, "choice", "SETTLE", "settle", Journey.json(ticked));
        } else {
            if (dice < 92) {
                settleInTheShop(task.getAssignee());
            }
            submit(task, "choice", "CHECK_AGAIN");
        }
    }

    private void settleInTheShop(String account) {
        steps.add(account + " settles in the shop");
        rows.update(
                "update shop_order set status = case status when 'UNPAID' then 'CANCELLED' else 'COMPLETED' end,"
                        + " completed_at = ? where account_id = ? and status in ('UNPAID', 'IN_DELIVERY')",
                Timestamp.from(clock.instant()),
                account);
        rows.update("update wallet set balance_fen = 0 where account_id = ?", account);
    }

    private void sendCodes() {
        long due = rows.number(
                "select count(*) from verification_code where send_due_at <= ? and voided_at is null",
                Timestamp.from(clock.instant()));
        if (due > 0) {
            steps.add("the codes that are due are sent");
            journey.deliverCodes();
            if (messagesFail) {
                steps.add("... which fails: no gateway takes them");
            }
        }
    }

    private void executeDueJobs() {
        sendCodes();
        int burst = 1 + random.nextInt(10);
        for (int i = 0; i < burst; i++) {
            List<Waiting> due = dueJobs();
            if (due.isEmpty()) {
                return;
            }
            if (i > 0) {
                invariants.check();
            }
            execute(any(due));
        }
    }

    /** Only what is broken may fail. */
    private void execute(Waiting job) {
        steps.add("the job executor does " + job);
        try {
            management.executeJob(job.job().getId());
        } catch (RuntimeException e) {
            steps.add("... which fails: " + e.getMessage());
            boolean broken = favouritesFail && job.activity().equals("ServiceTask_Erase")
                    || messagesFail
                            && List.of(
                                            "SendTask_TellNotReady",
                                            "SendTask_TellRequested",
                                            "SendTask_TellClosing",
                                            "SendTask_RemindStaff",
                                            "SendTask_WarnStaff",
                                            "SendTask_WarnStaffAgain",
                                            "ServiceTask_NotifyHolder",
                                            "ServiceTask_NotifyBothNumbers",
                                            "BoundaryEvent_RecheckDue")
                                    .contains(job.activity());
            if (!broken) {
                throw e;
            }
        }
    }

    /** By whoever reads a notice, late ones and used ones included. */
    private void contest() {
        List<String> links =
                rows
                        .texts("select text from inbox_message where text like '%/not-me/%' order by recipient, text")
                        .stream()
                        .map(text -> text.substring(text.indexOf("/not-me/")))
                        .toList();
        if (!links.isEmpty()) {
            String link = any(links);
            Visitor.Answer answer = visitor.postForm(link, "_csrf=" + Visitor.encoded(visitor.formToken("/login")));
            String effect = List.of("已终止</strong>", "已限制</strong>", "已立案</strong>", "已使用或已失效").stream()
                    .filter(answer.body()::contains)
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("the link answers " + answer.status()));
            steps.add("somebody says that it was not them: " + effect);
            refused.merge("contest: " + effect, 1, Integer::sum);
        }
    }

    private void pass() {
        int dice = random.nextInt(100);
        if (dice < 40) {
            forward(Duration.ofSeconds(1 + random.nextInt(59)));
        } else if (dice < 80) {
            forward(Duration.ofMinutes(1 + random.nextInt(7)));
        } else if (dice < 94) {
            forward(Duration.ofHours(1 + random.nextInt(8)));
        } else {
            forward(Duration.ofDays(1 + random.nextInt(3)));
        }
    }

    private void forward(Duration duration) {
        steps.add("the clock moves by " + duration);
        clock.forward(duration);
    }

    private void shopEvent() {
        String account = any(accounts);
        boolean gone = List.of("CLOSING", "CLOSED").contains(status(account));
        switch (random.nextInt(8)) {
            case 0 -> placeOrder(account, gone);
            case 1 -> settleInTheShop(account);
            case 2 -> receiveMoney(account, gone);
            case 3 -> addFavourite(account);
            case 4 -> addAddress(account);
            case 5, 6 -> lock(account);
            default -> changePhone(account);
        }
        invariants.personalOfTheShop();
    }

    /** An id for what the shop writes. */
    private String written(String what, String account) {
        steps.add("the shop writes for " + account + ": " + what);
        return "walk-" + what.charAt(0) + "-" + ++written;
    }

    private void placeOrder(String account, boolean gone) {
        obligation(
                gone,
                "insert into shop_order (id, account_id, title, amount_fen, status, placed_at)"
                        + " values (?, ?, '羊毛围巾', 15900, 'UNPAID', ?)",
                written("order", account),
                account,
                Timestamp.from(clock.instant()));
    }

    private void receiveMoney(String account, boolean gone) {
        written("balance", account);
        obligation(
                gone,
                "merge into wallet w using (select cast(? as varchar(64)) as id) a on w.account_id = a.id"
                        + " when matched then update set balance_fen = 700"
                        + " when not matched then insert (account_id, balance_fen) values (a.id, 700)",
                account);
    }

    private void addAddress(String account) {
        rows.update(
                "insert into address (id, account_id, recipient, phone, line)"
                        + " select ?, id, '收件人甲', phone, '上海市长宁区愚园路 9 号' from account where id = ? and status = 'ACTIVE'",
                written("address", account),
                account);
    }

    /** Or unlocks it. */
    private void lock(String account) {
        written("lock", account);
        rows.update(
                "update account set status = case status when 'ACTIVE' then 'LOCKED' else 'ACTIVE' end"
                        + " where id = ? and status in ('ACTIVE', 'LOCKED')",
                account);
    }

    /** As support does at the holder's request. */
    private void changePhone(String account) {
        changePhone(account, "1370013700" + random.nextInt(10));
    }

    private void changePhone(String account, String phone) {
        written("phone " + phone, account);
        invariants.personal(phone);
        rows.update(
                "update account set phone = ?, version = version + 1 where id = ? and status = 'ACTIVE'"
                        + " and not exists (select 1 from account where phone = ?)",
                phone,
                account,
                phone);
    }

    private void obligation(boolean gone, String sql, Object... params) {
        try {
            rows.update(sql, params);
        } catch (DataIntegrityViolationException e) {
            if (!gone) {
                throw e;
            }
            refused.merge("obligation", 1, Integer::sum);
        }
    }

    /** Also late, behind the back of an erasure: until the data set is verified, that is the erasure's affair. */
    private void addFavourite(String account) {
        rows.update(
                "insert into favourite (id, account_id, title) select ?, id, '折叠自行车' from account where id = ?"
                        + " and status <> 'CLOSED' and not exists (select 1 from erasure e join holder_request r"
                        + " on r.id = e.request_id where r.account_id = account.id and e.data_set = 'favourites'"
                        + " and e.verified_at is not null)",
                written("favourite", account),
                account);
    }

    /** Each is refused, and changes nothing that an invariant would notice. */
    private void forge() {
        List<Task> waiting = waitingTasks();
        if (waiting.isEmpty()) {
            String holder = any(accounts);
            mustBeRefused(
                    "start with a foreign subject",
                    () -> as(
                            holder,
                            () -> forms.submitStartForm(definition(DEREGISTRATION), Map.of("subject", "acct-10005"))));
            return;
        }
        Task task = any(waiting);
        String owner = task.getAssignee() == null ? "support" : task.getAssignee();
        List<String> group = List.of(task.getAssignee() == null ? "support" : "account-holder");
        switch (random.nextInt(4)) {
            case 0 ->
                mustBeRefused(
                        "undeclared keys",
                        () -> submitAs(owner, group, task, Map.of("codeResult", "ACCEPTED", "eligible", true)));
            case 1 ->
                mustBeRefused(
                        "a stranger's submission",
                        () -> submitAs(
                                accounts.stream()
                                        .filter(account -> !account.equals(task.getAssignee()))
                                        .findFirst()
                                        .orElseThrow(),
                                List.of("account-holder"),
                                task,
                                Map.of()));
            case 2 ->
                mustBeRefused(
                        "an option that there is not",
                        () -> submitAs(owner, group, task, Map.of("choice", "CLOSE", "subject", "acct-10001")));
            default ->
                mustBeRefused(
                        "a completion without the form",
                        () -> as(
                                accounts.stream()
                                        .filter(account -> !account.equals(task.getAssignee()))
                                        .findFirst()
                                        .orElseThrow(),
                                () -> {
                                    tasks.complete(task.getId());
                                    return null;
                                }));
        }
    }

    private void mustBeRefused(String forgery, Runnable attempt) {
        steps.add("forged: " + forgery);
        try {
            attempt.run();
        } catch (RuntimeException e) {
            refused.merge(forgery, 1, Integer::sum);
            return;
        }
        throw new AssertionError("accepted: " + forgery);
    }

    private void breakOrHeal() {
        if (favouritesFail || messagesFail) {
            heal();
        } else if (random.nextInt(100) < 65) {
            steps.add("favourites can't be deleted");
            favouritesFail = true;
            rows.update("insert into favourite_copy (favourite_id) select id from favourite");
        } else {
            steps.add("no message can be sent");
            messagesFail = true;
            journey.refuseRows("inbox_message", "outage", "id < 0");
        }
    }

    /** A second call finds nothing to heal. */
    public void heal() {
        steps.add("all is healed");
        rows.update("delete from favourite_copy");
        rows.update("alter table inbox_message drop constraint if exists outage");
        favouritesFail = false;
        messagesFail = false;
    }

    private List<Task> waitingTasks() {
        return tasks.createTaskQuery().list().stream()
                .sorted(Comparator.comparing(Task::getTaskDefinitionKey)
                        .thenComparing(task -> String.valueOf(task.getAssignee()))
                        .thenComparing(task -> String.valueOf(runtime.getVariable(task.getExecutionId(), "purpose")))
                        .thenComparing(task -> String.valueOf(runtime.getVariable(task.getExecutionId(), "dataSet"))))
                .toList();
    }

    private boolean stillWaits(Task task) {
        return tasks.createTaskQuery()
                        .processInstanceId(task.getProcessInstanceId())
                        .taskDefinitionKey(task.getTaskDefinitionKey())
                        .count()
                > 0;
    }

    private Task task(String processInstance, String userTask) {
        return tasks.createTaskQuery()
                .processInstanceId(processInstance)
                .taskDefinitionKey(userTask)
                .singleResult();
    }

    /** A job of a request, as the walk names it. */
    private record Waiting(Job job, String activity, String account, String dataSet, Timestamp due) {

        @Override
        public String toString() {
            return activity + (dataSet == null ? "" : " of " + dataSet) + " for " + account;
        }
    }

    private List<Waiting> dueJobs() {
        return jobs().stream()
                .filter(job -> job.job().getRetries() > 0 && job.due().getTime() <= clock.millis())
                .toList();
    }

    private List<Waiting> jobs() {
        Executions executions = Executions.of(jdbc);
        Map<String, String> activities = new HashMap<>();
        Map<String, String> holders = new HashMap<>();
        jdbc.sql(
                        "select j.ID_, d.ACT_ID_, coalesce(r.account_id, contested.account_id) from ACT_RU_JOB j join ACT_RU_JOBDEF d on d.ID_ = j.JOB_DEF_ID_"
                                + " join ACT_RU_EXECUTION e on e.ID_ = j.PROCESS_INSTANCE_ID_"
                                + " left join holder_request r on r.process_instance_id = e.ROOT_PROC_INST_ID_"
                                + " left join contest c on c.id = e.BUSINESS_KEY_"
                                + " left join holder_request contested on contested.id = c.request_id"
                                + " where r.id is not null or c.id is not null")
                .query(row -> {
                    activities.put(row.getString(1), row.getString(2));
                    holders.put(row.getString(1), row.getString(3));
                });
        return management.createJobQuery().list().stream()
                .filter(job -> activities.containsKey(job.getId()))
                .map(job -> new Waiting(
                        job,
                        activities.get(job.getId()),
                        holders.get(job.getId()),
                        executions.dataSet(job.getExecutionId()),
                        job.getDuedate() == null
                                ? new Timestamp(0)
                                : new Timestamp(job.getDuedate().getTime())))
                .sorted(Comparator.comparing(Waiting::toString).thenComparing(Waiting::due))
                .toList();
    }

    private void submit(Task task, Object... keysAndValues) {
        Map<String, Object> values = new HashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            values.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        as(task.getAssignee(), () -> forms.getTaskFormVariables(task.getId(), null, false));
        submitAs(task.getAssignee(), List.of("account-holder"), task, values);
    }

    private void submitAs(String user, List<String> groups, Task task, Map<String, Object> values) {
        steps.add(user + " submits " + task.getTaskDefinitionKey() + " " + new TreeMap<>(values));
        as(user, groups, () -> {
            forms.submitTaskForm(task.getId(), new HashMap<>(values));
            return null;
        });
    }

    private String channel(Task task) {
        return any(options(task, "channels"));
    }

    private List<String> options(Task task, String name) {
        TypedValue shown = as(
                task.getAssignee(),
                () -> forms.getTaskFormVariables(task.getId(), null, false).getValueTyped(name));
        return shown instanceof JsonValue json
                ? Spin.JSON(json.getValueSerialized()).elements().stream()
                        .map(option -> option.prop("value").stringValue())
                        .toList()
                : List.of();
    }

    /** The delivered ones, newest first. */
    private List<String> codes(Task task) {
        return rows
                .texts(
                        "select m.text from inbox_message m join verification_code c on c.id = m.message_key"
                                + " where c.verification_id = ? order by c.number desc",
                        task.getProcessInstanceId())
                .stream()
                .map(CODE::matcher)
                .filter(Matcher::find)
                .map(code -> code.group(1))
                .collect(Collectors.toList());
    }

    private String status(String account) {
        return rows.text("select status from account where id = ?", account);
    }

    private String phoneOf(String account) {
        return rows.text("select coalesce(phone, '13800138005') from account where id = ?", account);
    }

    private <T> T any(List<T> several) {
        return several.get(random.nextInt(several.size()));
    }

    private <T> T as(String holder, java.util.function.Supplier<T> action) {
        return as(holder, List.of("account-holder"), action);
    }

    private <T> T as(String user, List<String> groups, java.util.function.Supplier<T> action) {
        identity.setAuthentication(user, groups);
        try {
            return action.get();
        } finally {
            identity.clearAuthentication();
        }
    }
}
