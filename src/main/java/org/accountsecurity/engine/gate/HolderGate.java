package org.accountsecurity.engine.gate;

import java.util.Set;
import org.accountsecurity.engine.identity.Groups;
import org.camunda.bpm.engine.AuthorizationException;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.cmd.SubmitTaskFormCmd;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.interceptor.Command;
import org.camunda.bpm.engine.impl.interceptor.CommandInterceptor;
import org.camunda.bpm.engine.variable.VariableMap;

/** Lets the session of a holder run only the commands that Tasklist needs; nested commands of the engine pass. */
public class HolderGate extends CommandInterceptor {

    /** By simple name, as half of them are not public; a lambda in a service has the name of the service. */
    private static final Set<String> ALLOWED = Set.of(
            "SubmitStartFormCmd",
            "SubmitTaskFormCmd",
            "CreateUserQueryCmd",
            "CreateGroupQueryCmd",
            "CreateTenantQueryCmd",
            "DbUserQueryImpl",
            "DbGroupQueryImpl",
            "DbTenantQueryImpl",
            "ProcessDefinitionQueryImpl",
            "GetDeployedProcessDefinitionCmd",
            "GetStartFormCmd",
            "GetDeployedStartFormCmd",
            "GetStartFormVariablesCmd",
            "TaskQueryImpl",
            "FilterQueryImpl",
            "GetFilterCmd",
            "ExecuteFilterListCmd",
            "ExecuteFilterListPageCmd",
            "ExecuteFilterCountCmd",
            "GetTaskFormCmd",
            "GetFormKeyCmd",
            "GetDeployedTaskFormCmd",
            "GetTaskFormVariablesCmd",
            "GetIdentityLinksForTaskCmd",
            "AuthorizationCheckCmd",
            "IsIdentityServiceReadOnlyCmd",
            "GetUserPictureCmd",
            "GetTableNameCmd");

    private final ProcessEngineConfigurationImpl configuration;

    public HolderGate(ProcessEngineConfigurationImpl configuration) {
        this.configuration = configuration;
    }

    @Override
    public <T> T execute(Command<T> command) {
        boolean outermost = Context.getCommandContext() == null;
        if (!outermost || !Groups.isHolder(configuration.getIdentityService().getCurrentAuthentication())) {
            return next.execute(command);
        }
        if (!ALLOWED.contains(command.getClass().getSimpleName())) {
            throw new AuthorizationException(
                    "the command " + command.getClass().getSimpleName() + " is closed to account holders");
        }
        T result;
        try {
            result = next.execute(command);
        } catch (RuntimeException e) {
            RefusalAnswer.remember(e);
            throw e;
        }
        if (command instanceof SubmitTaskFormCmd && result instanceof VariableMap variables) {
            // a client can ask for the variables in return; Tasklist does not
            variables.clear();
        }
        return result;
    }
}
