package org.accountsecurity.engine.gate;

import java.util.List;
import org.accountsecurity.engine.webapp.Refusals;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.camunda.bpm.engine.impl.GetDeployedTaskFormCmd;
import org.camunda.bpm.engine.impl.cmd.GetTaskFormCmd;
import org.camunda.bpm.engine.impl.cmd.SubmitTaskFormCmd;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.interceptor.Command;
import org.camunda.bpm.engine.impl.interceptor.CommandInterceptor;

/**
 * Says so when a form was asked for or submitted and its task went away under it, by a timer or another submission: the
 * engine stumbles over what is missing in many ways.
 */
public class LostRace extends CommandInterceptor {

    private static final List<Class<?>> OF_A_TASK =
            List.of(SubmitTaskFormCmd.class, GetTaskFormCmd.class, GetDeployedTaskFormCmd.class);

    @Override
    public <T> T execute(Command<T> command) {
        if (Context.getCommandContext() != null || !OF_A_TASK.contains(command.getClass())) {
            return next.execute(command);
        }
        try {
            return next.execute(command);
        } catch (RuntimeException e) {
            String taskId = (String) CommandFields.read(command.getClass(), "taskId", command);
            boolean gone = next.execute(context -> context.getTaskManager().findTaskById(taskId) == null);
            throw gone ? new OptimisticLockingException(Refusals.MOVED_ON) : e;
        }
    }
}
