package org.accountsecurity.engine.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.accountsecurity.testing.JourneyTest;
import org.accountsecurity.testing.Race;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.cmd.ExecuteJobsCmd;
import org.camunda.bpm.engine.impl.interceptor.Command;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.camunda.bpm.engine.impl.jobexecutor.ExecuteJobHelper;
import org.camunda.bpm.engine.impl.jobexecutor.JobFailureCollector;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.dao.OptimisticLockingFailureException;

class LostRaceTest extends JourneyTest {

    private static final SQLException DEADLOCK = new SQLException("deadlock detected", "40P01");

    private static final SQLException PARENT_GONE = new SQLException(
            "insert or update on table \"act_ru_execution\" violates foreign key constraint \"act_fk_exe_parent\"",
            "23503");

    private static final SQLException CHILD_LEFT = new SQLException(
            "Referential integrity constraint violation: \"ACT_FK_VAR_EXE: ACT_RU_VARIABLE\"", "23506");

    @Autowired
    ManagementService management;

    @Autowired
    RuntimeService runtime;

    @Autowired
    ProcessEngineConfigurationImpl configuration;

    static List<RuntimeException> lost() {
        return Stream.concat(passing().stream(), references().stream()).toList();
    }

    static List<RuntimeException> passing() {
        return List.of(
                new ProcessEngineException("flush", new RuntimeException(DEADLOCK)),
                new CannotAcquireLockException("domain", DEADLOCK),
                new ProcessEngineException("ENGINE-03077 Cannot resolve parent"));
    }

    static List<RuntimeException> references() {
        return List.of(
                new ProcessEngineException("flush", new RuntimeException(PARENT_GONE)),
                new ProcessEngineException("flush", new RuntimeException(CHILD_LEFT)));
    }

    static List<RuntimeException> failed() {
        return List.of(
                new IllegalStateException("broken"),
                new ProcessEngineException("flush", new SQLException("duplicate key", "23505")),
                new ProcessEngineException("flush", new SQLException("violates \"shop_order_obligor_fk\"", "23503")),
                new OptimisticLockingFailureException("a shop's own"));
    }

    @ParameterizedTest
    @MethodSource("lost")
    @DisplayName("whoever asked is told that another was first")
    void whoeverAskedIsTold(RuntimeException failure) {
        assertThatThrownBy(() -> execute(failure))
                .isInstanceOf(OptimisticLockingException.class)
                .hasMessage(Refusal.MOVED_ON.text());
    }

    @ParameterizedTest
    @MethodSource("failed")
    @DisplayName("any other failure is told as it is")
    void anyOtherFailureIsToldAsItIs(RuntimeException failure) {
        assertThatThrownBy(() -> execute(failure)).isSameAs(failure);
    }

    @RepeatedTest(10)
    @DisplayName("what a holder submits while a job of the same request is done comes through")
    void whatAHolderSubmitsBesideAJobComesThrough() throws InterruptedException {
        ProcessInstance request = journey.start("account-deregistration", "acct-10001");
        Job telling = journey.job(request, "StartEvent_TellingRequested");
        Task notice = journey.task(request, "UserTask_ReadNotice");
        journey.read(notice);

        List<Throwable> thrown = Race.run(List.<Callable<?>>of(
                () -> journey.submitUnread(notice, "choice", "CONTINUE", "consent", true, "channel", "SMS"),
                () -> journey.execute(telling)));

        assertThat(thrown.get(0)).isNull();
        assertThat(thrown.get(1)).matches(Race::lost);
        assertThat(journey.waitsAt(request, "UserTask_EnterCode")).isTrue();
        assertThat(rows.texts("select statement from holder_answer")).containsExactly("CONSENTED");
    }

    @Test
    @DisplayName("a job that lost a race is done again at once and loses no retry; one that failed loses one and waits")
    void aJobLosesNoRetry() {
        ProcessInstance request = journey.start("account-deregistration", "acct-10001");
        Job job = journey.job(request, "StartEvent_TellingRequested");

        passing().forEach(failure -> fail(job, failure));
        fail(job, new OptimisticLockingException("of the engine"));
        assertThat(now(job).getRetries()).isEqualTo(job.getRetries());
        assertThat(now(job).getDuedate()).isEqualTo(job.getDuedate());

        fail(job, failed().get(0));
        assertThat(now(job).getRetries()).isEqualTo(job.getRetries() - 1);
        assertThat(now(job).getDuedate()).isAfter(job.getDuedate());
    }

    @ParameterizedTest
    @MethodSource("references")
    @DisplayName("a job that finds a reference missing time and again ends as an incident")
    void aJobWithoutItsReferenceEnds(RuntimeException failure) {
        ProcessInstance request = journey.start("account-deregistration", "acct-10001");
        Job job = journey.job(request, "StartEvent_TellingRequested");

        for (int retries = job.getRetries(); retries > 0; retries--) {
            assertThat(now(job).getRetries()).isEqualTo(retries);
            fail(job, failure);
        }

        assertThat(now(job).getRetries()).isZero();
        assertThat(runtime.createIncidentQuery().configuration(job.getId()).count())
                .isOne();
    }

    private void execute(RuntimeException failure) {
        configuration.getCommandExecutorTxRequired().execute((Command<Void>) context -> {
            throw failure;
        });
    }

    /** As the job executor does. */
    private void fail(Job job, RuntimeException failure) {
        JobFailureCollector failures = new JobFailureCollector(job.getId());
        Command<Void> failing = new ExecuteJobsCmd(job.getId(), failures) {
            @Override
            public Void execute(CommandContext context) {
                throw failure;
            }
        };
        assertThatThrownBy(() -> ExecuteJobHelper.executeJob(
                        job.getId(), configuration.getCommandExecutorTxRequired(), failures, failing))
                .isNotNull();
    }

    private Job now(Job job) {
        return management.createJobQuery().jobId(job.getId()).singleResult();
    }
}
