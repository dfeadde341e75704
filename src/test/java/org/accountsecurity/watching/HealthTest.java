package org.accountsecurity.watching;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.RETURNS_SELF;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Map;
import org.accountsecurity.gateway.Channel;
import org.accountsecurity.gateway.MessageSent;
import org.accountsecurity.gateway.Messenger;
import org.accountsecurity.testing.ApplicationTest;
import org.accountsecurity.testing.Visitor;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.impl.jobexecutor.JobExecutor;
import org.camunda.bpm.engine.repository.ProcessDefinitionQuery;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.LivenessState;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationEventPublisher;

/** Whether a node lives, is ready, and has gateways that take its messages. That of the database is seen in WatchingIT. */
@ApplicationTest
class HealthTest {

    @LocalServerPort
    int port;

    @Autowired
    ApplicationEventPublisher events;

    @Autowired
    ApplicationContext context;

    @Autowired
    EngineHealthIndicator engine;

    @Test
    @DisplayName("the engine is up with the two processes that a holder can start")
    void theEngineIsUp() {
        Health health = engine.health();

        assertThat(health.getStatus()).isEqualTo(Status.UP);
        assertThat(health.getDetails()).containsEntry("startableProcesses", 2L);
    }

    @Test
    @DisplayName("an engine without a process is down")
    void anEngineWithoutAProcessIsDown() {
        RepositoryService repository = mock();
        ProcessDefinitionQuery query = mock(RETURNS_SELF);
        when(repository.createProcessDefinitionQuery()).thenReturn(query);

        assertThat(new EngineHealthIndicator(repository).health().getStatus()).isEqualTo(Status.DOWN);
    }

    @Test
    @DisplayName("an engine that does not answer is down")
    void anEngineThatDoesNotAnswerIsDown() {
        RepositoryService repository = mock();
        when(repository.createProcessDefinitionQuery()).thenThrow(new IllegalStateException("no connection"));

        assertThat(new EngineHealthIndicator(repository).health().getStatus()).isEqualTo(Status.DOWN);
    }

    @Test
    @DisplayName("a job executor that is to run is up while it runs, and the metric says the same")
    void aJobExecutorIsUpWhileItRuns() {
        JobExecutor executor = mock();
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        JobExecutorHealthIndicator indicator = new JobExecutorHealthIndicator(provider(executor), registry);

        assertThat(indicator.health().getStatus()).isEqualTo(Status.DOWN);
        assertThat(registry.get("account.security.job.executor.active").gauge().value())
                .isZero();

        when(executor.isActive()).thenReturn(true);
        assertThat(indicator.health().getStatus()).isEqualTo(Status.UP);
        assertThat(registry.get("account.security.job.executor.active").gauge().value())
                .isEqualTo(1);
    }

    @Test
    @DisplayName("a node that is to run no jobs is up without a job executor")
    void aNodeThatRunsNoJobsIsUp() {
        Health health = new JobExecutorHealthIndicator(provider(null), new SimpleMeterRegistry()).health();

        assertThat(health.getStatus()).isEqualTo(Status.UP);
        assertThat(health.getDetails()).containsEntry("runsJobs", false);
    }

    private static ObjectProvider<JobExecutor> provider(JobExecutor executor) {
        ObjectProvider<JobExecutor> provider = mock();
        when(provider.getIfAvailable()).thenReturn(executor);
        return provider;
    }

    @Test
    @DisplayName("three refusals in a row degrade the gateways, and one message taken makes good")
    void threeRefusalsDegradeTheGateways() {
        Messenger messenger = mock();
        when(messenger.delivers(any())).thenReturn(true);
        GatewaysHealthIndicator gateways = new GatewaysHealthIndicator(messenger);
        gateways.on(sent(MessageSent.Outcome.REFUSED));
        gateways.on(sent(MessageSent.Outcome.REFUSED));
        assertThat(gateways.health().getStatus()).isEqualTo(Status.UP);

        gateways.on(sent(MessageSent.Outcome.REFUSED));
        assertThat(gateways.health().getStatus()).isEqualTo(GatewaysHealthIndicator.DEGRADED);
        assertThat(gateways.health().getDetails()).containsEntry("refusedInARow", Map.of("SMS failing", 3));

        gateways.on(sent(MessageSent.Outcome.ACCEPTED));
        assertThat(gateways.health().getStatus()).isEqualTo(Status.UP);
    }

    @Test
    @DisplayName("a gateway that refuses is seen by administrators, and takes no node out of service")
    void aGatewayThatRefusesTakesNoNodeOutOfService() {
        Visitor admin = new Visitor(port);
        admin.login("admin", "admin");
        for (int times = 0; times < 3; times++) {
            events.publishEvent(sent(MessageSent.Outcome.REFUSED));
        }

        try {
            Visitor.Answer health = admin.get("/actuator/health");
            assertThat(health.status()).isEqualTo(200);
            assertThat(health.json().path("status").asText()).isEqualTo("DEGRADED");
            assertThat(admin.get("/actuator/health/gateways")
                            .json()
                            .path("details")
                            .path("refusedInARow")
                            .path("SMS failing")
                            .asInt())
                    .isEqualTo(3);
            assertThat(admin.get("/readyz").json().path("status").asText()).isEqualTo("DEGRADED");
            assertThat(admin.get("/readyz").status())
                    .as("as able as every other node")
                    .isEqualTo(200);
        } finally {
            events.publishEvent(sent(MessageSent.Outcome.ACCEPTED));
        }
    }

    private static MessageSent sent(MessageSent.Outcome outcome) {
        return new MessageSent(Channel.SMS, "failing", outcome, 60);
    }

    @Test
    @DisplayName(
            "without an SMS gateway no code can be sent by SMS: degraded; without one for mail holders are not offered it")
    void withoutAnSmsGateway() {
        Messenger messenger = mock();
        when(messenger.delivers(Channel.EMAIL)).thenReturn(true);
        assertThat(new GatewaysHealthIndicator(messenger).health().getStatus())
                .isEqualTo(GatewaysHealthIndicator.DEGRADED);

        when(messenger.delivers(Channel.EMAIL)).thenReturn(false);
        when(messenger.delivers(Channel.SMS)).thenReturn(true);
        assertThat(new GatewaysHealthIndicator(messenger).health().getStatus()).isEqualTo(Status.UP);
    }

    @Test
    @DisplayName("a node that is told to take no more requests is not ready, and lives")
    void aNodeThatTakesNoMoreRequestsIsNotReady() {
        Visitor nobody = new Visitor(port);
        try {
            AvailabilityChangeEvent.publish(context, ReadinessState.REFUSING_TRAFFIC);

            assertThat(nobody.get("/readyz").status()).isEqualTo(503);
            assertThat(nobody.get("/actuator/health/readiness").status()).isEqualTo(503);
            assertThat(nobody.get("/livez").status()).isEqualTo(200);
        } finally {
            AvailabilityChangeEvent.publish(context, ReadinessState.ACCEPTING_TRAFFIC);
        }
        assertThat(nobody.get("/readyz").status()).isEqualTo(200);
    }

    @Test
    @DisplayName("a process that is broken does not live")
    void aProcessThatIsBrokenDoesNotLive() {
        Visitor nobody = new Visitor(port);
        try {
            AvailabilityChangeEvent.publish(context, LivenessState.BROKEN);

            assertThat(nobody.get("/livez").status()).isEqualTo(503);
        } finally {
            AvailabilityChangeEvent.publish(context, LivenessState.CORRECT);
        }
    }
}
