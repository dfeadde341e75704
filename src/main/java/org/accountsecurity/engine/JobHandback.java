package org.accountsecurity.engine;

import org.camunda.bpm.engine.OptimisticLockingException;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.cmd.UnlockJobCmd;
import org.camunda.bpm.engine.impl.interceptor.CommandExecutor;
import org.camunda.bpm.engine.impl.jobexecutor.JobExecutor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;
import org.springframework.stereotype.Component;

/**
 * Hands the jobs of a node back at its shutdown: stops acquisition, waits for the jobs that run, and unlocks the
 * others, which other nodes could take only when the lock expires.
 */
@Component
class JobHandback implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(JobHandback.class);

    private static final long PATIENCE_NANOSECONDS = 20_000_000_000L;
    private static final long LOOK_MILLISECONDS = 50;

    private final ObjectProvider<JobExecutor> jobExecutor;
    private final ObjectProvider<ThreadPoolTaskExecutor> threads;
    private final CommandExecutor commands;
    private final JdbcClient jdbc;

    private volatile boolean running;

    JobHandback(
            ObjectProvider<JobExecutor> jobExecutor,
            ObjectProvider<ThreadPoolTaskExecutor> threads,
            ProcessEngineConfigurationImpl engine,
            JdbcClient jdbc) {
        this.jobExecutor = jobExecutor;
        this.threads = threads;
        this.commands = engine.getCommandExecutorTxRequired();
        this.jdbc = jdbc;
    }

    @Override
    public void start() {
        running = true;
    }

    /** Stops before everything else; {@code stop} may be called once only. */
    @Override
    public void stop() {
        running = false;
        jobExecutor.ifAvailable(executor -> {
            executor.shutdown();
            threads.stream().forEach(JobHandback::finish);
            unlock(executor.getLockOwner());
        });
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Jobs that wait for a thread are unlocked, not done, once the executor is shut down. */
    private static void finish(ThreadPoolTaskExecutor threads) {
        long begun = System.nanoTime();
        while (threads.getActiveCount() + threads.getQueueSize() > 0
                && System.nanoTime() - begun < PATIENCE_NANOSECONDS) {
            try {
                Thread.sleep(LOOK_MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private void unlock(String owner) {
        var jobs = jdbc.sql("select ID_ from ACT_RU_JOB where LOCK_OWNER_ = ?")
                .param(owner)
                .query(String.class)
                .list();
        for (String job : jobs) {
            try {
                commands.execute(new UnlockJobCmd(job));
            } catch (OptimisticLockingException e) {
                LOG.debug("The job {} is done or another node's already", job);
            }
        }
        LOG.info("Handed back {} jobs", jobs.size());
    }
}
