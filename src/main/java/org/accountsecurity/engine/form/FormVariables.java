package org.accountsecurity.engine.form;

import org.camunda.bpm.engine.impl.cmd.GetTaskFormVariablesCmd;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.interceptor.Command;
import org.camunda.bpm.engine.impl.interceptor.CommandInterceptor;
import org.camunda.bpm.engine.impl.persistence.entity.TaskEntity;
import org.camunda.bpm.engine.variable.VariableMap;

/** Returns to readers of a task form only the variables that the form shows. */
public class FormVariables extends CommandInterceptor {

    private final FormContracts contracts;

    public FormVariables(FormContracts contracts) {
        this.contracts = contracts;
    }

    @Override
    public <T> T execute(Command<T> command) {
        if (Context.getCommandContext() != null || !(command instanceof GetTaskFormVariablesCmd form)) {
            return next.execute(command);
        }
        return next.execute(context -> {
            T variables = command.execute(context);
            TaskEntity task = context.getTaskManager().findTaskById(form.resourceId);
            contracts.show(task, (VariableMap) variables);
            return variables;
        });
    }
}
