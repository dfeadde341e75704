package org.accountsecurity.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.xml.datatype.DatatypeFactory;
import org.accountsecurity.engine.concurrency.SerializedFlush;
import org.accountsecurity.engine.form.AnswerRecorder;
import org.accountsecurity.engine.form.CountedAnswers;
import org.accountsecurity.engine.form.FormContractListener;
import org.accountsecurity.engine.form.FormContracts;
import org.accountsecurity.engine.form.FormVariables;
import org.accountsecurity.engine.form.ServedForms;
import org.accountsecurity.engine.gate.CommittedRequestRule;
import org.accountsecurity.engine.gate.ExternalTaskGate;
import org.accountsecurity.engine.gate.HolderGate;
import org.accountsecurity.engine.gate.LostRace;
import org.accountsecurity.engine.gate.QueryExpressionGate;
import org.accountsecurity.engine.gate.SubjectRule;
import org.accountsecurity.engine.guard.DeploymentGuard;
import org.accountsecurity.engine.history.FailureMessages;
import org.accountsecurity.engine.history.Trails;
import org.accountsecurity.engine.identity.LoginGroups;
import org.accountsecurity.engine.identity.TaskRequests;
import org.accountsecurity.engine.login.HolderIdentityProvider;
import org.accountsecurity.engine.rehearsal.DeploymentRehearsal;
import org.accountsecurity.engine.rehearsal.RehearsalGate;
import org.accountsecurity.request.FormValues;
import org.accountsecurity.request.HolderAnswers;
import org.accountsecurity.request.HolderRequests;
import org.accountsecurity.request.ShownForms;
import org.camunda.bpm.engine.impl.cfg.AbstractProcessEnginePlugin;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.cfg.multitenancy.TenantCommandChecker;
import org.camunda.bpm.engine.impl.interceptor.CommandInterceptor;
import org.camunda.bpm.engine.impl.jobexecutor.FailedJobCommandFactory;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The settings in which this engine differs from the default. */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class EngineSettings extends AbstractProcessEnginePlugin {

    static {
        // the engine looks it up for each timer; a class name saves the search of the class path
        System.setProperty(
                DatatypeFactory.DATATYPEFACTORY_PROPERTY,
                DatatypeFactory.newDefaultInstance().getClass().getName());
        // with the machine's locale the engine may write dates that it can't read again
        Locale.setDefault(Locale.Category.FORMAT, Locale.ROOT);
    }

    private final HolderRequests requests;
    private final HolderAnswers answers;
    private final ShownForms shownForms;
    private final Trails trails;
    private final JdbcClient jdbc;
    private final ObjectProvider<FormValues> formValues;
    private final ObjectProvider<DeploymentGuard> guard;
    private final ObjectProvider<DeploymentRehearsal> rehearsal;
    private final ListableBeanFactory beans;
    private final ApplicationEventPublisher events;

    EngineSettings(
            HolderRequests requests,
            HolderAnswers answers,
            ShownForms shownForms,
            Trails trails,
            JdbcClient jdbc,
            ObjectProvider<FormValues> formValues,
            ObjectProvider<DeploymentGuard> guard,
            ObjectProvider<DeploymentRehearsal> rehearsal,
            ListableBeanFactory beans,
            ApplicationEventPublisher events) {
        this.requests = requests;
        this.answers = answers;
        this.shownForms = shownForms;
        this.trails = trails;
        this.jdbc = jdbc;
        this.formValues = formValues;
        this.guard = guard;
        this.rehearsal = rehearsal;
        this.beans = beans;
        this.events = events;
    }

    @Override
    public void preInit(ProcessEngineConfigurationImpl configuration) {
        configuration.setIdentityProviderSessionFactory(new HolderIdentityProvider.Factory());

        trails.replaceHistoryOf(configuration);
        configuration.getCustomSessionFactories().add(new LoginGroups.Factory());
        configuration.getCustomSessionFactories().add(new DelayedJobs.Factory());
        configuration.setTaskMetricsEnabled(false);

        configuration.setAuthorizationEnabled(true);
        configuration.setResourceAuthorizationProvider(new DeploymentRights());
        configuration.setDefaultUserPermissionNameForTask("TASK_WORK");
        configuration.setEnforceSpecificVariablePermission(true);
        // user ids keep the default pattern: without a hyphen no staff id can be an account id
        configuration.setGroupResourceWhitelistPattern("[a-z]+(-[a-z]+)?");
        configuration.setStandaloneTasksEnabled(false);
        // the default lets anybody lock a user out for good with ten failures; LoginThrottle limits instead
        configuration.setLoginMaxAttempts(Integer.MAX_VALUE);
        configuration.setLoginDelayBase(0);
        // the sender gets the refusal; in the log it would be two hundred lines
        configuration.setEnableCmdExceptionLogging(false);
        configuration.setEnableExceptionsAfterUnhandledBpmnError(true);
        configuration.setFailedJobRetryTimeCycle("R5/PT30S");
        // the oldest job first, across all nodes; every job has a due date, so that none is last for lack of one
        configuration.setJobExecutorAcquireByDueDate(true);
        configuration.setEnsureJobDueDateNotNull(true);

        // log lines of a request carry its random id
        configuration.setLoggingContextBusinessKey("requestId");
        configuration.setDelegateInterceptor(new FailureMessages());

        configuration.setCustomPreDeployers(
                List.of(deployment -> guard.getObject().deploy(deployment)));

        TaskRequests taskRequests = new TaskRequests();
        FormContracts contracts = new FormContracts(
                formValues,
                taskRequests,
                new AnswerRecorder(answers, shownForms, requests, taskRequests, events),
                beans);
        configuration
                .getCustomPostBPMNParseListeners()
                .add(new FormContractListener(contracts, new CountedAnswers(events)));
        for (List<CommandInterceptor> interceptors : List.of(
                configuration.getCustomPreCommandInterceptorsTxRequired(),
                configuration.getCustomPreCommandInterceptorsTxRequiresNew())) {
            interceptors.add(new HolderGate(configuration));
            interceptors.add(new QueryExpressionGate(configuration));
            interceptors.add(new ExternalTaskGate(configuration));
            interceptors.add(new FormVariables(contracts));
            interceptors.add(new ServedForms());
            interceptors.add(new JobLanguage(jdbc));
            interceptors.add(new LostRace());
            interceptors.add(new RehearsalGate(guard::getObject, rehearsal::getObject));
        }
        configuration.setCommandCheckers(new ArrayList<>(List.of(
                new TenantCommandChecker(), new CommittedRequestRule(jdbc), new SubjectRule(requests, taskRequests))));
    }

    /** A job that lost a race has not failed: it keeps its retries and is due at once. */
    @Override
    public void postInit(ProcessEngineConfigurationImpl configuration) {
        SerializedFlush.Factory entities = new SerializedFlush.Factory(configuration.getIdGenerator(), jdbc);
        configuration.getSessionFactories().put(entities.getSessionType(), entities);
        FailedJobCommandFactory failed = configuration.getFailedJobCommandFactory();
        configuration.setFailedJobCommandFactory((job, failure) -> LostRace.isTransient(failure)
                ? new LostRace.RetryAtOnce(job, failure)
                : failed.getCommand(job, failure));
    }
}
