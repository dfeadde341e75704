package org.accountsecurity.engine.gate;

import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Predicate;
import org.accountsecurity.request.Submission;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.impl.GetDeployedTaskFormCmd;
import org.camunda.bpm.engine.impl.cmd.ExecuteJobsCmd;
import org.camunda.bpm.engine.impl.cmd.ExternalTaskCmd;
import org.camunda.bpm.engine.impl.cmd.GetTaskFormCmd;
import org.camunda.bpm.engine.impl.cmd.JobRetryCmd;
import org.camunda.bpm.engine.impl.cmd.SubmitStartFormCmd;
import org.camunda.bpm.engine.impl.cmd.SubmitTaskFormCmd;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.db.DbEntity;
import org.camunda.bpm.engine.impl.interceptor.Command;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.camunda.bpm.engine.impl.interceptor.CommandInterceptor;
import org.camunda.bpm.engine.impl.persistence.entity.ExternalTaskEntity;
import org.camunda.bpm.engine.impl.persistence.entity.JobEntity;
import org.camunda.bpm.engine.impl.persistence.entity.TaskEntity;
import org.camunda.bpm.engine.impl.util.ExceptionUtil;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Decides what becomes of a command when another was first: when the database chose this one to give way where two waited
 * for each other, when the executions changed while the engine read them, or when what the command is about went away under
 * it: the task of a form or of a worker's answer, or a job. What somebody submitted is done again as long as its task is
 * there; whoever comes too late is told so. The engine would count all of these as failures.
 */
public class LostRace extends CommandInterceptor {

    private static final List<Class<?>> OF_A_TASK =
            List.of(SubmitTaskFormCmd.class, GetTaskFormCmd.class, GetDeployedTaskFormCmd.class);

    private static final Set<Class<?>> SUBMISSIONS = Set.of(SubmitTaskFormCmd.class, SubmitStartFormCmd.class);
    private static final int MOST_ATTEMPTS = 6;
    /** Before the second attempt at most; twice as long before each further one. */
    private static final int PAUSE_MILLISECONDS = 20;

    /** Of H2 and PostgreSQL: what is referred to is not there, or what is there is referred to. */
    private static final Set<String> REFERENCES = Set.of("23503", "23506");

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
        // a transaction around it is lost as a whole, and whoever began it may begin it again
        boolean alone = !TransactionSynchronizationManager.isActualTransactionActive();
        return alone && SUBMISSIONS.contains(command.getClass())
                ? Submission.of(() -> execute(command, MOST_ATTEMPTS))
                : execute(command, 1);
    }

    private <T> T execute(Command<T> command, int attempts) {
        for (int attempt = 1; ; attempt++) {
            try {
                return next.execute(command);
            } catch (RuntimeException e) {
                boolean gone = isGone(command);
                boolean lost = command instanceof ExecuteJobsCmd ? passes(e) : in(e);
                if (gone || lost && attempt == attempts) {
                    throw new OptimisticLockingException(Refusal.MOVED_ON.text());
                }
                if (!lost) {
                    throw e;
                }
                pause(attempt);
            }
        }
    }

    private static void pause(int attempt) {
        try {
            Thread.sleep(ThreadLocalRandom.current().nextInt(PAUSE_MILLISECONDS << (attempt - 1)) + 1L);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether this is how the engine or a delegate of it lost one. */
    public static boolean in(Throwable failure) {
        return passes(failure) || isCausedBy(failure, LostRace::isOfTheEngine);
    }

    /** Whether it is one that a job wins some time; a reference that is missing may be missing for ever. */
    public static boolean passes(Throwable failure) {
        return isCausedBy(failure, ExceptionUtil::checkDeadlockException)
                || failure instanceof OptimisticLockingException
                || failure instanceof ProcessEngineException
                        && String.valueOf(failure.getMessage()).startsWith(PARENT_MISSING);
    }

    private static boolean isCausedBy(Throwable failure, Predicate<SQLException> kind) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException e && kind.test(e)) {
                return true;
            }
        }
        return false;
    }

    /** Whether a row of the engine's was put under one that is gone, or was to go from above one. */
    private static boolean isOfTheEngine(SQLException violation) {
        return REFERENCES.contains(violation.getSQLState())
                && violation.getMessage().toUpperCase(Locale.ROOT).contains("ACT_RU_");
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

    /** Whether what it is about is there no more; the engine stumbles over what is missing in many ways. */
    private boolean isGone(Command<?> command) {
        if (command instanceof ExternalTaskCmd) {
            return isGone(ExternalTaskCmd.class, "externalTaskId", ExternalTaskEntity.class, command);
        }
        if (command instanceof ExecuteJobsCmd) {
            return isGone(ExecuteJobsCmd.class, "jobId", JobEntity.class, command);
        }
        return OF_A_TASK.contains(command.getClass())
                && isGone(command.getClass(), "taskId", TaskEntity.class, command);
    }

    private boolean isGone(Class<?> owner, String field, Class<? extends DbEntity> entity, Command<?> command) {
        String id = (String) CommandFields.read(owner, field, command);
        return next.execute(context -> context.getDbEntityManager().selectById(entity, id) == null);
    }
}
