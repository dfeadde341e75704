package org.accountsecurity.engine.gate;

import org.accountsecurity.engine.webapp.Refusals;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.camunda.bpm.engine.impl.cmd.SubmitTaskFormCmd;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.interceptor.Command;
import org.camunda.bpm.engine.impl.interceptor.CommandInterceptor;

/**
 * Says so when a submission failed because its task went away under it, by a timer or another submission: the engine stumbles
 * over what is missing in many ways.
 */
public class LostRace extends CommandInterceptor {

    private static final TaskOf TASK = new TaskOf();

    @Override
    public <T> T execute(Command<T> command) {
        if (Context.getCommandContext() != null || !(command instanceof SubmitTaskFormCmd submission)) {
            return next.execute(command);
        }
        try {
            return next.execute(command);
        } catch (RuntimeException e) {
            boolean gone =
                    next.execute(context -> context.getTaskManager().findTaskById(TASK.idOf(submission)) == null);
            throw gone ? new OptimisticLockingException(Refusals.MOVED_ON) : e;
        }
    }

    /** The engine keeps it to itself. */
    private static final class TaskOf {

        private final java.lang.reflect.Field field;

        TaskOf() {
            try {
                field = SubmitTaskFormCmd.class.getDeclaredField("taskId");
                field.setAccessible(true);
            } catch (NoSuchFieldException e) {
                throw new ExceptionInInitializerError(e);
            }
        }

        String idOf(SubmitTaskFormCmd command) {
            try {
                return (String) field.get(command);
            } catch (IllegalAccessException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
