package org.accountsecurity.engine.gate;

import org.accountsecurity.engine.identity.Groups;
import org.camunda.bpm.engine.AuthorizationException;
import org.camunda.bpm.engine.filter.Filter;
import org.camunda.bpm.engine.impl.AbstractQuery;
import org.camunda.bpm.engine.impl.AbstractVariableQueryImpl;
import org.camunda.bpm.engine.impl.TaskQueryImpl;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.cmd.AbstractExecuteFilterCmd;
import org.camunda.bpm.engine.impl.cmd.SaveFilterCmd;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.identity.Authentication;
import org.camunda.bpm.engine.impl.interceptor.Command;
import org.camunda.bpm.engine.impl.interceptor.CommandInterceptor;

/**
 * Refuses expressions in queries and filters of all but administrators: the engine evaluates them as code and checks no
 * sub-queries. Refuses queries by variable values, too, which reveal the values.
 */
public class QueryExpressionGate extends CommandInterceptor {

    private final ProcessEngineConfigurationImpl configuration;

    public QueryExpressionGate(ProcessEngineConfigurationImpl configuration) {
        this.configuration = configuration;
    }

    @Override
    public <T> T execute(Command<T> command) {
        Authentication authentication = configuration.getIdentityService().getCurrentAuthentication();
        boolean outside = Context.getCommandContext() == null && authentication != null;
        if (outside && !isAdministrator(authentication)) {
            Object query = queryOf(command);
            if (hasExpressions(query) || asksForValues(query)) {
                throw new AuthorizationException(
                        "expressions and values of variables in queries are closed to all but administrators");
            }
        }
        return next.execute(command);
    }

    private static boolean isAdministrator(Authentication authentication) {
        return authentication.getGroupIds() != null
                && authentication.getGroupIds().contains(Groups.ADMINISTRATOR);
    }

    /** The query that a client has composed; null if the command has none. */
    private static Object queryOf(Command<?> command) {
        if (command instanceof AbstractExecuteFilterCmd) {
            return CommandFields.read(AbstractExecuteFilterCmd.class, "extendingQuery", command);
        }
        if (command instanceof SaveFilterCmd) {
            return ((Filter) CommandFields.read(SaveFilterCmd.class, "filter", command)).getQuery();
        }
        return command;
    }

    private static boolean hasExpressions(Object query) {
        if (query instanceof TaskQueryImpl tasks
                && tasks.getQueries().stream()
                        .anyMatch(subQuery -> !subQuery.getExpressions().isEmpty())) {
            return true;
        }
        return query instanceof AbstractQuery<?, ?> composed
                && !composed.getExpressions().isEmpty();
    }

    /** A query by value reveals the value, one guess at a time. */
    private static boolean asksForValues(Object query) {
        if (query instanceof TaskQueryImpl tasks) {
            return tasks.getQueries().stream()
                    .anyMatch(subQuery -> !subQuery.getVariables().isEmpty());
        }
        return query instanceof AbstractVariableQueryImpl<?, ?> composed
                && !composed.getQueryVariableValues().isEmpty();
    }
}
