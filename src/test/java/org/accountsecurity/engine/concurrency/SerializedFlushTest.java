package org.accountsecurity.engine.concurrency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.accountsecurity.testing.JourneyTest;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.interceptor.Command;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.support.TransactionTemplate;

class SerializedFlushTest extends JourneyTest {

    @Autowired
    ProcessEngineConfigurationImpl configuration;

    @Autowired
    TransactionTemplate transaction;

    @Test
    @DisplayName("who changes an execution alone of a called instance waits for who changes the request")
    void aCalledInstanceWaitsForItsRequest() throws Exception {
        ProcessInstance request = journey.start("account-deregistration", "acct-10001");
        journey.submit(request, "UserTask_ReadNotice", "choice", "CONTINUE", "consent", true, "channel", "SMS");
        Task task = journey.task(request, "UserTask_EnterCode");
        assertThat(task.getProcessInstanceId()).isNotIn(request.getId(), task.getExecutionId());
        ExecutorService other = Executors.newSingleThreadExecutor();

        Future<?> change = transaction.execute(status -> {
            rows.text("select ID_ from ACT_RU_EXECUTION where ID_ = ? for update", request.getId());
            Future<?> changing = other.submit(() -> change(task.getExecutionId()));
            assertThatThrownBy(() -> changing.get(500, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
            return changing;
        });

        assertThat(change.get(10, TimeUnit.SECONDS)).isNull();
        other.shutdown();
    }

    private void change(String execution) {
        configuration.getCommandExecutorTxRequired().execute((Command<Void>) context -> {
            context.getExecutionManager().findExecutionById(execution).setBusinessKey("changed");
            return null;
        });
    }
}
