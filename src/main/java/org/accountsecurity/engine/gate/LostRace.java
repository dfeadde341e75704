package org.accountsecurity.engine.gate;

import java.sql.SQLException;
import java.util.List;
import org.accountsecurity.engine.webapp.Refusals;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.impl.GetDeployedTaskFormCmd;
import org.camunda.bpm.engine.impl.cmd.GetTaskFormCmd;
import org.camunda.bpm.engine.impl.cmd.JobRetryCmd;
import org.camunda.bpm.engine.impl.cmd.SubmitTaskFormCmd;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.interceptor.Command;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.camunda.bpm.engine.impl.interceptor.CommandInterceptor;
import org.camunda.bpm.engine.impl.persistence.entity.JobEntity;
import org.camunda.bpm.engine.impl.util.ExceptionUtil;

/**
 * Says so when another was first: when the database chose this command to give way where two waited for each other, when
 * the executions changed while the engine read them, or when a form was asked for or submitted and its task went away under
 * it, by a timer or another submission. The engine stumbles over what is missing in many ways, and would count the first two
 * as failures of a job.
 */
public class LostRace extends CommandInterceptor {

    private static final List<Class<?>> OF_A_TASK =
            List.of(SubmitTaskFormCmd.class, GetTaskFormCmd.class, GetDeployedTaskFormCmd.class);

    /**
     * The engine's {@code resolveParentOfExecutionFailedException}: what it read first and what it read then were of before
     * and after another's commit.
     */
    private static final String PARENT_MISSING = "ENGINE-03077";

    @Override
    public <T> T execute(Command<T> command) {
        if (Context.getCommandContext() != null) {
            return next.execute(command);
        }
        try {
            return next.execute(command);
        } catch (RuntimeException e) {
            throw in(e) || taskIsGone(command) ? new OptimisticLockingException(Refusals.MOVED_ON) : e;
        }
    }

    /** Whether this is how the engine or a delegate of it lost one. */
    public static boolean in(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException e && ExceptionUtil.checkDeadlockException(e)) {
                return true;
            }
        }
        return failure instanceof OptimisticLockingException
                || failure instanceof ProcessEngineException
                        && String.valueOf(failure.getMessage()).startsWith(PARENT_MISSING);
    }

    /** Lets a job that lost one be done at once; where a cycle of retries is set, the engine would put it off. */
    public static final class Again extends JobRetryCmd {

        public Again(String job, Throwable failure) {
            super(job, failure);
        }

        @Override
        public Object execute(CommandContext context) {
            JobEntity job = getJob();
            if (job != null) {
                job.unlock();
                notifyAcquisition(context);
            }
            return null;
        }
    }

    private boolean taskIsGone(Command<?> command) {
        if (!OF_A_TASK.contains(command.getClass())) {
            return false;
        }
        String taskId = (String) CommandFields.read(command.getClass(), "taskId", command);
        return next.execute(context -> context.getTaskManager().findTaskById(taskId) == null);
    }
}
