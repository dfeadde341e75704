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
 * Handles commands that have lost a race: the database broke a deadlock, executions changed while the engine read them,
 * or the task, external task or job is gone. Repeats submissions of forms as long as their task exists; in other cases
 * throws {@link OptimisticLockingException}, which the engine does not count as a failure.
 */
public class LostRace extends CommandInterceptor {

    private static final List<Class<?>> OF_A_TASK =
            List.of(SubmitTaskFormCmd.class, GetTaskFormCmd.class, GetDeployedTaskFormCmd.class);

    private static final Set<Class<?>> SUBMISSIONS = Set.of(SubmitTaskFormCmd.class, SubmitStartFormCmd.class);
    private static final int MOST_ATTEMPTS = 6;
    /** Longest pause before the second attempt; doubled for each further one. */
    private static final int PAUSE_MILLISECONDS = 20;

    /** SQLSTATE of foreign key violations in PostgreSQL and H2. */
    private static final Set<String> REFERENCES = Set.of("23503", "23506");

    /**
     * {@code resolveParentOfExecutionFailedException}: the engine has read executions before and after the commit of
     * another transaction.
     */
    private static final String PARENT_MISSING = "ENGINE-03077";

    @Override
    public <T> T execute(Command<T> command) {
        if (Context.getCommandContext() != null) {
            return next.execute(command);
        }
        // a surrounding transaction can't be repeated in part
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
                boolean lost = command instanceof ExecuteJobsCmd ? isTransient(e) : isIn(e);
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

    /** Whether the failure, of the engine or of a delegate, is a lost race. */
    public static boolean isIn(Throwable failure) {
        return isTransient(failure) || isCausedBy(failure, LostRace::isOfTheEngine);
    }

    /** Whether a repetition can succeed; a missing reference may be missing for good. */
    public static boolean isTransient(Throwable failure) {
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

    /** Whether it is a foreign key violation in a runtime table of the engine. */
    private static boolean isOfTheEngine(SQLException violation) {
        return REFERENCES.contains(violation.getSQLState())
                && violation.getMessage().toUpperCase(Locale.ROOT).contains("ACT_RU_");
    }

    /** Makes a job that has lost a race due at once; with a retry cycle the engine would postpone it. */
    public static final class RetryAtOnce extends JobRetryCmd {

        public RetryAtOnce(String job, Throwable failure) {
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

    /** Whether the task, external task or job of a command is gone; the engine itself fails in many ways then. */
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
