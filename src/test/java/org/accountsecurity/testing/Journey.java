package org.accountsecurity.testing;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.accountsecurity.contest.Contests;
import org.accountsecurity.contest.NotMe;
import org.accountsecurity.deregistration.export.ExportMaking;
import org.accountsecurity.engine.history.Paths;
import org.accountsecurity.verification.Outbox;
import org.camunda.bpm.engine.FormService;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.repository.DeploymentBuilder;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.task.Task;
import org.camunda.bpm.engine.variable.value.TypedValue;
import org.camunda.spin.Spin;
import org.camunda.spin.plugin.variable.SpinValues;
import org.camunda.spin.plugin.variable.value.JsonValue;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Walks a process as its holder does, through the form services and behind the gates, and runs its jobs by name. */
public class Journey {

    private static final String CHANGED = "changed for a test";

    private static final Pattern CODE = Pattern.compile("验证码 (\\d{6})");

    private final FormService forms;
    private final IdentityService identity;
    private final RepositoryService repository;
    private final RuntimeService runtime;
    private final TaskService tasks;
    private final ManagementService management;
    private final Contests contests;
    private final ExportMaking copies;
    private final Outbox outbox;
    private final JdbcClient jdbc;
    private final Rows rows;

    Journey(
            FormService forms,
            IdentityService identity,
            RepositoryService repository,
            RuntimeService runtime,
            TaskService tasks,
            ManagementService management,
            Contests contests,
            ExportMaking copies,
            Outbox outbox,
            JdbcClient jdbc) {
        this.forms = forms;
        this.identity = identity;
        this.repository = repository;
        this.runtime = runtime;
        this.tasks = tasks;
        this.management = management;
        this.contests = contests;
        this.copies = copies;
        this.outbox = outbox;
        this.jdbc = jdbc;
        this.rows = new Rows(jdbc);
    }

    /** Starts a process with its start form, logged in as the holder, and has the copy of the data made. */
    public ProcessInstance start(String processKey, String holder) {
        ProcessInstance request = startWithoutCopy(processKey, holder);
        makeCopies();
        return request;
    }

    /** Starts a process and leaves the copy of the data to be made. */
    public ProcessInstance startWithoutCopy(String processKey, String holder) {
        String definition = repository
                .createProcessDefinitionQuery()
                .processDefinitionKey(processKey)
                .latestVersion()
                .singleResult()
                .getId();
        return as(holder, () -> forms.submitStartForm(definition, Map.of()));
    }

    /** Submits the form of the one task that waits at this element, logged in as its assignee. */
    public void submit(ProcessInstance request, String userTask, Object... keysAndValues) {
        submit(task(request, userTask), keysAndValues);
        makeCopies();
    }

    /** Reads the form of a task and submits it, logged in as its assignee. */
    public Void submit(Task task, Object... keysAndValues) {
        read(task);
        return submitUnread(task, keysAndValues);
    }

    /** Reads the form of a task as a browser does, logged in as its assignee. */
    public void read(Task task) {
        as(task.getAssignee(), () -> forms.getTaskFormVariables(task.getId(), null, false));
    }

    /** Submits the form of a task without reading it again, logged in as its assignee. */
    public Void submitUnread(Task task, Object... keysAndValues) {
        return as(task.getAssignee(), () -> {
            forms.submitTaskForm(task.getId(), values(keysAndValues));
            return null;
        });
    }

    private static Map<String, Object> values(Object... keysAndValues) {
        Map<String, Object> values = new HashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            values.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        return values;
    }

    /** Submits the form of a task, logged in as somebody of staff. */
    public Void submitAs(String staff, Task task, Object... keysAndValues) {
        return as(staff, List.of(staff), () -> {
            forms.submitTaskForm(task.getId(), values(keysAndValues));
            return null;
        });
    }

    /** What the form of a task shows somebody of staff. */
    public Map<String, Object> shownTo(String staff, Task task) {
        return as(staff, List.of(staff), () -> forms.getTaskFormVariables(task.getId(), null, false));
    }

    /** The groups that a task is offered to. */
    public List<String> candidates(Task task) {
        return tasks.getIdentityLinksForTask(task.getId()).stream()
                .map(link -> link.getGroupId())
                .toList();
    }

    /** A variable as the job sees it. */
    public Object variable(Job job, String name) {
        return runtime.getVariable(job.getExecutionId(), name);
    }

    /** The one task that waits at this element, in the request or in what it calls. */
    public Task task(ProcessInstance request, String userTask) {
        List<Task> found = tasks(request);
        return found.stream()
                .filter(task -> task.getTaskDefinitionKey().equals(userTask))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no task at " + userTask + " but at "
                        + found.stream().map(Task::getTaskDefinitionKey).toList()));
    }

    /** A task that waits in the request or in what it calls. */
    public Optional<Task> anyTask(ProcessInstance request) {
        return tasks(request).stream().findFirst();
    }

    /** The tasks that wait in the request and in what it calls. */
    public List<Task> tasks(ProcessInstance request) {
        return instances(request).stream()
                .flatMap(id -> tasks.createTaskQuery().processInstanceId(id).list().stream())
                .toList();
    }

    /** Whether the request has not ended. */
    public boolean running(ProcessInstance request) {
        return runtime.createProcessInstanceQuery()
                        .processInstanceId(request.getId())
                        .count()
                == 1;
    }

    /** Whether a task waits at this element. */
    public boolean waitsAt(ProcessInstance request, String userTask) {
        return instances(request).stream()
                .anyMatch(id -> tasks.createTaskQuery()
                                .processInstanceId(id)
                                .taskDefinitionKey(userTask)
                                .count()
                        == 1);
    }

    public List<Job> jobs(ProcessInstance request, String activity) {
        return instances(request).stream()
                .flatMap(id -> management.createJobQuery().processInstanceId(id).activityId(activity).list().stream())
                .toList();
    }

    /** The one job at this element. */
    public Job job(ProcessInstance request, String activity) {
        List<Job> found = jobs(request, activity);
        if (found.size() != 1) {
            throw new AssertionError(found.size() + " jobs at " + activity);
        }
        return found.get(0);
    }

    /** Whether the job is still to be done. */
    public boolean pending(Job job) {
        return management.createJobQuery().jobId(job.getId()).count() == 1;
    }

    /** Whether no job, of any request, has failed. */
    public boolean noJobFailed() {
        return management.createJobQuery().withException().count() == 0
                && runtime.createIncidentQuery().count() == 0;
    }

    /** Of the request and of what it calls. */
    public long incidents(ProcessInstance request) {
        return instances(request).stream()
                .flatMap(id -> runtime.createIncidentQuery().processInstanceId(id).list().stream())
                .filter(incident -> incident.getId().equals(incident.getRootCauseIncidentId()))
                .count();
    }

    public Void execute(Job job) {
        management.executeJob(job.getId());
        return null;
    }

    /** Has the codes sent that are due. */
    public void deliverCodes() {
        outbox.sendDue();
    }

    /** The code that was last sent to this address. */
    public String code(String address) {
        String text = rows.find(
                        "select text from inbox_message where recipient = ? and text like '%验证码 %'"
                                + " order by id desc limit 1",
                        address)
                .orElseThrow(() -> new AssertionError("no code was sent to this address"));
        Matcher matcher = CODE.matcher(text);
        if (!matcher.find()) {
            throw new AssertionError("the last message has no code");
        }
        return matcher.group(1);
    }

    /** The path of the link in the last notice to this address that can be contested. */
    public String notMe(String address) {
        String text = rows.find(
                        "select text from inbox_message where recipient = ? and text like '%/not-me/%'"
                                + " order by id desc limit 1",
                        address)
                .orElseThrow(() -> new AssertionError("no such notice was sent to this address"));
        return text.substring(text.indexOf("/not-me/"));
    }

    /** Has the holder told of an open deregistration. */
    public void tellRequested(ProcessInstance request) {
        execute(job(request, "StartEvent_TellingRequested"));
        execute(job(request, "SendTask_TellRequested"));
    }

    /** Has the holder of an open deregistration told of it and say that it was somebody else; the case for staff. */
    public ProcessInstance contest(ProcessInstance request, String address) {
        tellRequested(request);
        return contestOf(NotMe.use(contests, notMe(address)));
    }

    /** The case for staff with this business key. */
    public ProcessInstance contestOf(String id) {
        return runtime.createProcessInstanceQuery()
                .processInstanceBusinessKey(id)
                .singleResult();
    }

    /** Runs the jobs that wait for no time, and those that they bring about. */
    public void runWaiting(ProcessInstance request) {
        List<Job> waiting = messages(request);
        while (!waiting.isEmpty()) {
            waiting.forEach(this::execute);
            waiting = messages(request);
        }
    }

    /** Walks a deregistration up to its last confirmation, with a code sent to this phone. */
    public ProcessInstance verified(String holder, String phone) {
        ProcessInstance request = start("account-deregistration", holder);
        submit(request, "UserTask_ReadNotice", "choice", "CONTINUE", "consent", true, "channel", "SMS");
        verify(request, phone);
        return request;
    }

    /** Walks a deregistration past its last confirmation. */
    public ProcessInstance confirmed(String holder, String phone) {
        ProcessInstance request = verified(holder, phone);
        submit(request, "UserTask_ConfirmDeregistration", "choice", "CONFIRM");
        return request;
    }

    /** Walks a phone change past its confirmation, and has both numbers told. */
    public ProcessInstance changed(String holder, String channel, String address, String newPhone) {
        ProcessInstance change = start("phone-unbinding", holder);
        submit(change, "UserTask_ReadUnbindingNotice", "choice", "CONTINUE", "channel", channel);
        verify(change, address);
        submit(change, "UserTask_EnterNewPhone", "choice", "CONTINUE", "newPhone", newPhone);
        verify(change, newPhone);
        submit(change, "UserTask_ConfirmUnbinding", "choice", "CONFIRM");
        execute(job(change, "ServiceTask_NotifyBothNumbers"));
        return change;
    }

    /** Lets the database refuse new rows that do not pass; those that are there stay. */
    public void refuseRows(String table, String constraint, String check) {
        rows.update("alter table " + table + " add constraint " + constraint + " check (" + check + ") "
                + (TestDatabase.isPostgres() ? "not valid" : "nocheck"));
    }

    /** Does something while a favourite of the holder can't be deleted. */
    public void whileFavouritesStay(String holder, Runnable something) {
        rows.update("create table favourite_copy (favourite_id varchar(36) references favourite (id))");
        try {
            rows.update("insert into favourite_copy select min(id) from favourite where account_id = ?", holder);
            something.run();
        } finally {
            rows.update("drop table favourite_copy");
        }
    }

    /** Does something while no gateway takes a message. */
    public void whileNothingIsSent(Runnable something) {
        refuseRows("inbox_message", "outage", "id < 0");
        try {
            something.run();
        } finally {
            rows.update("alter table inbox_message drop constraint outage");
        }
    }

    /** Whether the job could be done. */
    public boolean succeeds(Job job) {
        try {
            execute(job);
            return true;
        } catch (RuntimeException e) {
            return false;
        }
    }

    /** Has the waiting code delivered and submits it. */
    public void verify(ProcessInstance request, String address) {
        deliverCodes();
        submit(request, "UserTask_EnterCode", "choice", "SUBMIT", "code", code(address));
    }

    /** Runs the erasure of every data set to its end, and the receipt and the notice that follow. */
    public void erase(ProcessInstance request) {
        for (String step : List.of("ServiceTask_Erase", "ServiceTask_VerifyAbsence")) {
            for (List<Job> jobs = jobs(request, step); !jobs.isEmpty(); jobs = jobs(request, step)) {
                jobs.forEach(this::execute);
            }
        }
        execute(job(request, "ServiceTask_IssueReceipt"));
        execute(job(request, "ServiceTask_NotifyHolder"));
    }

    /** Ends all requests in the books, so that nothing keeps their process instances from being deleted. */
    public void letGo() {
        rows.update("update holder_request set ended_at = opened_at, open_for = null, outcome = 'NEXT_TEST'"
                + " where ended_at is null");
    }

    /** Takes back what {@link #deployed} has deployed, with its requests. */
    public void undeploy() {
        letGo();
        repository
                .createDeploymentQuery()
                .deploymentName(CHANGED)
                .list()
                .forEach(changed -> repository.deleteDeployment(changed.getId(), true));
    }

    /** Deploys everything with another text in a decision table, until the test is over. */
    public void deployed(String table, String text, String otherwise) {
        Map<String, String> files = Modeler.everythingWith(table + ".dmn");
        files.computeIfPresent(table + ".dmn", (name, original) -> {
            if (!original.contains(text)) {
                throw new AssertionError(table + " has no " + text);
            }
            return original.replace(text, otherwise);
        });
        deployed(files);
    }

    /** Deploys these files, until the test is over. */
    public void deployed(Map<String, String> files) {
        DeploymentBuilder changed = repository.createDeployment().name(CHANGED);
        files.forEach(changed::addString);
        changed.deploy();
    }

    /** As the threads do that are off in tests. */
    private void makeCopies() {
        while (copies.makeNext()) {
            // the next has been ordered
        }
    }

    /** What the form of a waiting task shows its assignee under this name; lists as JSON. */
    public Object shown(ProcessInstance request, String userTask, String name) {
        Task task = task(request, userTask);
        TypedValue value = as(
                task.getAssignee(),
                () -> forms.getTaskFormVariables(task.getId(), null, false).getValueTyped(name));
        if (value instanceof JsonValue json) {
            return Spin.JSON(json.getValueSerialized());
        }
        return value != null && value.getValue() instanceof String text && !name.equals("notice")
                ? text.replaceAll("\\\\(\\p{Punct})", "$1")
                : value == null ? null : value.getValue();
    }

    /** Six digits that are not this code. */
    public static String wrong(String code) {
        return code.charAt(0) == '0' ? "1" + code.substring(1) : "0" + code.substring(1);
    }

    /** The latest instance, ended or not, of a process that this request called. */
    public String called(ProcessInstance request, String processKey) {
        return Paths.lastBegun(jdbc, request.getId(), processKey)
                .orElseThrow(() -> new AssertionError(processKey + " was not called"));
    }

    /** The elements at which the instance of this process, called or not, was completed or cancelled. */
    public List<String> passed(String processInstanceId) {
        return Paths.passed(jdbc, processInstanceId);
    }

    /** A value as a checklist sends it. */
    public static Object json(Object value) {
        return SpinValues.jsonValue(Spin.JSON(value)).create();
    }

    private List<Job> messages(ProcessInstance request) {
        return instances(request).stream()
                .flatMap(id -> management.createJobQuery().processInstanceId(id).messages().list().stream())
                .toList();
    }

    private List<String> instances(ProcessInstance request) {
        List<String> ids = new java.util.ArrayList<>(List.of(request.getId()));
        for (int i = 0; i < ids.size(); i++) {
            runtime.createProcessInstanceQuery().superProcessInstanceId(ids.get(i)).list().stream()
                    .map(ProcessInstance::getId)
                    .forEach(ids::add);
        }
        return ids;
    }

    private <T> T as(String holder, Supplier<T> action) {
        return as(holder, List.of("account-holder"), action);
    }

    private <T> T as(String user, List<String> groups, Supplier<T> action) {
        identity.setAuthentication(user, groups);
        try {
            return action.get();
        } finally {
            identity.clearAuthentication();
        }
    }
}
