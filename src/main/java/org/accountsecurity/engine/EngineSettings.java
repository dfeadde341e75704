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
import org.accountsecurity.engine.history.QuietFailures;
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

/** The settings in which this engine differs from a stock one. */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class EngineSettings extends AbstractProcessEnginePlugin {

    static {
        // the engine looks it up for each timer; by its name it is found without a search of the class path
        System.setProperty(
                DatatypeFactory.DATATYPEFACTORY_PROPERTY,
                DatatypeFactory.newDefaultInstance().getClass().getName());
        // by the machine's the engine writes dates in other digits or another era, and can't read its own timers again
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
        configuration.getCustomSessionFactories().add(new PatientJobs.Factory());
        configuration.setTaskMetricsEnabled(false);

        configuration.setAuthorizationEnabled(true);
        configuration.setResourceAuthorizationProvider(new DeploymentRights());
        configuration.setDefaultUserPermissionNameForTask("TASK_WORK");
        configuration.setEnforceSpecificVariablePermission(true);
        // of users the stock pattern stays: without a hyphen no staff id can ever be an account id
        configuration.setGroupResourceWhitelistPattern("[a-z]+(-[a-z]+)?");
        configuration.setStandaloneTasksEnabled(false);
        // a stock engine lets anybody lock a user out, after ten failures for good; our own throttle forgets
        configuration.setLoginMaxAttempts(Integer.MAX_VALUE);
        configuration.setLoginDelayBase(0);
        // what is refused is told to whoever asked; the log has better uses than two hundred lines for each
        configuration.setEnableCmdExceptionLogging(false);
        configuration.setEnableExceptionsAfterUnhandledBpmnError(true);
        configuration.setFailedJobRetryTimeCycle("R5/PT30S");
        // what has waited longest comes first, on all nodes together; every job has a date, so that none is last for
        // lack of it
        configuration.setJobExecutorAcquireByDueDate(true);
        configuration.setEnsureJobDueDateNotNull(true);

        // the request, a random id: what is logged while one is worked at names it
        configuration.setLoggingContextBusinessKey("requestId");
        configuration.setDelegateInterceptor(new QuietFailures());

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

    /** Where a job lost a race, nothing failed: it loses no retry and is not put off. */
    @Override
    public void postInit(ProcessEngineConfigurationImpl configuration) {
        SerializedFlush.Factory entities = new SerializedFlush.Factory(configuration.getIdGenerator(), jdbc);
        configuration.getSessionFactories().put(entities.getSessionType(), entities);
        FailedJobCommandFactory failed = configuration.getFailedJobCommandFactory();
        configuration.setFailedJobCommandFactory((job, failure) ->
                LostRace.passes(failure) ? new LostRace.Again(job, failure) : failed.getCommand(job, failure));
    }
}
