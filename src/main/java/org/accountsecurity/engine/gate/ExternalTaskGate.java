package org.accountsecurity.engine.gate;

import org.camunda.bpm.engine.AuthorizationException;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.cmd.FetchExternalTasksCmd;
import org.camunda.bpm.engine.impl.cmd.HandleExternalTaskCmd;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.interceptor.Command;
import org.camunda.bpm.engine.impl.interceptor.CommandInterceptor;

/**
 * Closes external tasks to every login, administrators included, as their variables are not checked. Workers come
 * through {@code ExternalTasks}, which checks the topic and runs without a login.
 */
public class ExternalTaskGate extends CommandInterceptor {

    private final ProcessEngineConfigurationImpl configuration;

    public ExternalTaskGate(ProcessEngineConfigurationImpl configuration) {
        this.configuration = configuration;
    }

    @Override
    public <T> T execute(Command<T> command) {
        boolean ofWorkers = command instanceof FetchExternalTasksCmd || command instanceof HandleExternalTaskCmd;
        if (ofWorkers
                && Context.getCommandContext() == null
                && configuration.getIdentityService().getCurrentAuthentication() != null) {
            throw new AuthorizationException("external tasks are done by workers");
        }
        return next.execute(command);
    }
}
