package org.accountsecurity.evidence;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.camunda.bpm.engine.FormService;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.task.Task;

/**
 * Of staff, with every right that the application gives anybody, and with the code, which the holder has told; but not in
 * the holder's session. Goes on with a request where its holder leaves it.
 */
final class Thief implements Person {

    private static final String ADMIN = "admin";
    private static final List<String> GROUPS = List.of("camunda-admin", "support", "process-owner");
    private static final Map<String, Object> LIES = Map.of(
            "choice", "CONFIRM",
            "consent", true,
            "channel", "SMS",
            "eligible", true,
            "codeResult", "ACCEPTED",
            "coolingOff", false,
            "holderVerificationRequired", false,
            "newPhoneUsable", true);
    private static final List<String> COMMIT_POINTS =
            List.of("ServiceTask_CloseAccount", "ServiceTask_RebindPhone", "SubProcess_CoolOff");

    private static final int ROUNDS = 3;

    private final Holder holder;
    private final Set<String> tried = new HashSet<>();
    private final Map<String, Integer> rounds = new HashMap<>();
    private boolean forced;

    private Thief(Holder holder, boolean forced) {
        this.holder = holder;
        this.forced = forced;
    }

    /** Does what a person does who works on tasks. */
    static Thief after(Holder holder) {
        return new Thief(holder, true);
    }

    /** Also moves the request by the engine's own means. */
    static Thief forcing(Holder holder) {
        return new Thief(holder, false);
    }

    @Override
    public void begin(Walk walk) {
        holder.begin(walk);
    }

    @Override
    public boolean act(Walk walk) {
        if (holder.act(walk)) {
            return true;
        }
        for (Task task : walk.tasks()) {
            if (tried.add(task.getId())
                    && rounds.merge(task.getTaskDefinitionKey(), 1, Integer::sum) <= ROUNDS
                    && take(walk, task)) {
                return true;
            }
        }
        if (!forced) {
            forced = true;
            walk.instances().forEach(instance -> force(walk, instance));
            return true;
        }
        return false;
    }

    private boolean take(Walk walk, Task task) {
        TaskService tasks = walk.bean(TaskService.class);
        FormService forms = walk.bean(FormService.class);
        String id = task.getId();
        String key = task.getTaskDefinitionKey();
        Map<String, Object> answers = read(walk, task);
        List<Map.Entry<String, Runnable>> ways = List.of(
                Map.entry("submits " + key, () -> forms.submitTaskForm(id, new HashMap<>(answers))),
                Map.entry("completes " + key, () -> tasks.complete(id, new HashMap<>(answers))),
                Map.entry("claims and submits " + key, () -> {
                    tasks.claim(id, ADMIN);
                    forms.submitTaskForm(id, new HashMap<>(answers));
                }),
                Map.entry("assigns and submits " + key, () -> {
                    tasks.setAssignee(id, ADMIN);
                    forms.submitTaskForm(id, new HashMap<>(answers));
                }),
                Map.entry("assigns and completes " + key, () -> {
                    tasks.setAssignee(id, ADMIN);
                    tasks.complete(id, new HashMap<>(LIES));
                }),
                Map.entry("delegates and resolves " + key, () -> {
                    tasks.delegateTask(id, ADMIN);
                    tasks.resolveTask(id, new HashMap<>(LIES));
                }));
        for (Map.Entry<String, Runnable> way : ways) {
            walk.tries(
                    "staff " + way.getKey(),
                    () -> asStaff(walk, () -> {
                        way.getValue().run();
                        return null;
                    }));
            if (!walk.waits(task)) {
                return true;
            }
        }
        walk.tries(
                "staff give " + key + " back",
                () -> asStaff(walk, () -> {
                    tasks.setAssignee(id, task.getAssignee());
                    return null;
                }));
        return false;
    }

    private static Map<String, Object> read(Walk walk, Task task) {
        try {
            return asStaff(walk, () -> Holder.answers(walk, walk.formOf(task), false));
        } catch (RuntimeException e) {
            Map<String, Object> told = new HashMap<>(LIES);
            told.put("code", walk.code());
            return told;
        }
    }

    private static void force(Walk walk, ProcessInstance instance) {
        RuntimeService runtime = walk.bean(RuntimeService.class);
        ManagementService management = walk.bean(ManagementService.class);
        walk.tries(
                "staff set variables",
                () -> asStaff(walk, () -> {
                    runtime.setVariables(instance.getId(), LIES);
                    return null;
                }));
        for (String point : COMMIT_POINTS) {
            walk.tries(
                    "staff move the request to " + point,
                    () -> asStaff(walk, () -> {
                        runtime.createProcessInstanceModification(instance.getId())
                                .startBeforeActivity(point)
                                .setVariables(LIES)
                                .execute();
                        return null;
                    }));
        }
        for (Job job : walk.jobs()) {
            walk.tries(
                    "staff hurry a job",
                    () -> asStaff(walk, () -> {
                        management.executeJob(job.getId());
                        return null;
                    }));
        }
    }

    static <T> T asStaff(Walk walk, Supplier<T> action) {
        return walk.as(ADMIN, GROUPS, action);
    }
}
