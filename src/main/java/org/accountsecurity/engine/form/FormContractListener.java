package org.accountsecurity.engine.form;

import org.camunda.bpm.engine.impl.bpmn.behavior.UserTaskActivityBehavior;
import org.camunda.bpm.engine.impl.bpmn.parser.AbstractBpmnParseListener;
import org.camunda.bpm.engine.impl.form.handler.StartFormHandler;
import org.camunda.bpm.engine.impl.form.handler.TaskFormHandler;
import org.camunda.bpm.engine.impl.persistence.entity.ProcessDefinitionEntity;
import org.camunda.bpm.engine.impl.pvm.process.ActivityImpl;
import org.camunda.bpm.engine.impl.pvm.process.ScopeImpl;
import org.camunda.bpm.engine.impl.task.TaskDefinition;
import org.camunda.bpm.engine.impl.util.xml.Element;

/** Puts the form contract in front of every form, of definitions deployed earlier too. */
public class FormContractListener extends AbstractBpmnParseListener {

    private final FormContracts contracts;

    public FormContractListener(FormContracts contracts) {
        this.contracts = contracts;
    }

    @Override
    public void parseUserTask(Element element, ScopeImpl scope, ActivityImpl activity) {
        TaskDefinition task = ((UserTaskActivityBehavior) activity.getActivityBehavior()).getTaskDefinition();
        TaskFormHandler handler = task.getTaskFormHandler();
        task.setTaskFormHandler(new ContractTaskFormHandler(handler, contracts));
    }

    @Override
    public void parseStartEvent(Element element, ScopeImpl scope, ActivityImpl activity) {
        if (scope instanceof ProcessDefinitionEntity definition && definition.getStartFormHandler() != null) {
            StartFormHandler handler = definition.getStartFormHandler();
            definition.setStartFormHandler(new ContractStartFormHandler(handler, contracts));
        }
    }
}
