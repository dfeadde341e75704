package org.accountsecurity.engine.form;

import org.accountsecurity.text.Messages;
import org.camunda.bpm.engine.delegate.VariableScope;
import org.camunda.bpm.engine.form.StartFormData;
import org.camunda.bpm.engine.impl.bpmn.parser.BpmnParse;
import org.camunda.bpm.engine.impl.form.handler.StartFormHandler;
import org.camunda.bpm.engine.impl.persistence.entity.DeploymentEntity;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.camunda.bpm.engine.impl.persistence.entity.ProcessDefinitionEntity;
import org.camunda.bpm.engine.impl.util.xml.Element;
import org.camunda.bpm.engine.variable.VariableMap;

/** Accepts what the start form declares and refuses a business key from the client. */
class ContractStartFormHandler implements StartFormHandler {

    private final StartFormHandler handler;
    private final FormContracts contracts;
    private final CountedAnswers answers;

    ContractStartFormHandler(StartFormHandler handler, FormContracts contracts, CountedAnswers answers) {
        this.handler = handler;
        this.contracts = contracts;
        this.answers = answers;
    }

    @Override
    public void submitFormVariables(VariableMap submitted, VariableScope scope) {
        ExecutionEntity instance = (ExecutionEntity) scope;
        if (instance.getBusinessKey() != null) {
            throw FormContract.refusal("businessKey", Messages.text("form.business-key"));
        }
        FormContract contract = contracts.of(handler.createStartFormData(instance.getProcessDefinition()));
        VariableMap accepted = contract.accept(submitted, instance::getVariable);
        answers.publish(contract.counted(), accepted);
        handler.submitFormVariables(accepted, instance);
    }

    @Override
    public StartFormData createStartFormData(ProcessDefinitionEntity definition) {
        return handler.createStartFormData(definition);
    }

    @Override
    public void parseConfiguration(
            Element element, DeploymentEntity deployment, ProcessDefinitionEntity definition, BpmnParse parse) {
        handler.parseConfiguration(element, deployment, definition, parse);
    }
}
