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

    @Override
    public <T> T execute(Command<T> command) {
        if (Context.getCommandContext() != null || !(command instanceof SubmitTaskFormCmd submission)) {
            return next.execute(command);
        }
        try {
            return next.execute(command);
        } catch (RuntimeException e) {
            String taskId = (String) CommandFields.read(SubmitTaskFormCmd.class, "taskId", submission);
            boolean gone = next.execute(context -> context.getTaskManager().findTaskById(taskId) == null);
            throw gone ? new OptimisticLockingException(Refusals.MOVED_ON) : e;
        }
    }
}
