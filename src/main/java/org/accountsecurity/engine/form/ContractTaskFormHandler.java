package org.accountsecurity.engine.form;

import org.accountsecurity.engine.identity.Groups;
import org.camunda.bpm.engine.AuthorizationException;
import org.camunda.bpm.engine.delegate.VariableScope;
import org.camunda.bpm.engine.form.TaskFormData;
import org.camunda.bpm.engine.impl.bpmn.parser.BpmnParse;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.form.handler.TaskFormHandler;
import org.camunda.bpm.engine.impl.identity.Authentication;
import org.camunda.bpm.engine.impl.persistence.entity.DeploymentEntity;
import org.camunda.bpm.engine.impl.persistence.entity.ProcessDefinitionEntity;
import org.camunda.bpm.engine.impl.persistence.entity.TaskEntity;
import org.camunda.bpm.engine.impl.util.xml.Element;
import org.camunda.bpm.engine.variable.VariableMap;

/** Accepts submissions of the assignee with what the form declares, and records what the subject says. */
class ContractTaskFormHandler implements TaskFormHandler {

    private final TaskFormHandler handler;
    private final FormContracts contracts;
    private final CountedAnswers answers;

    ContractTaskFormHandler(TaskFormHandler handler, FormContracts contracts, CountedAnswers answers) {
        this.handler = handler;
        this.contracts = contracts;
        this.answers = answers;
    }

    @Override
    public void submitFormVariables(VariableMap submitted, VariableScope scope) {
        TaskEntity task = (TaskEntity) scope;
        Authentication authentication = Context.getCommandContext().getAuthentication();
        if (Groups.isHolder(authentication) && !authentication.getUserId().equals(task.getAssignee())) {
            throw new AuthorizationException("only its assignee may submit a task");
        }
        FormContract contract = contracts.of(handler.createTaskForm(task));
        VariableMap accepted = contract.accept(submitted, name -> contracts.shown(task, name));
        answers.publish(contract.counted(), accepted);
        contracts.submitted(task, contract, accepted);
        handler.submitFormVariables(accepted, task);
    }

    @Override
    public TaskFormData createTaskForm(TaskEntity task) {
        return handler.createTaskForm(task);
    }

    @Override
    public void parseConfiguration(
            Element element, DeploymentEntity deployment, ProcessDefinitionEntity definition, BpmnParse parse) {
        handler.parseConfiguration(element, deployment, definition, parse);
    }
}
