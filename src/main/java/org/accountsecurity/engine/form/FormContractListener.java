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

/** Puts the form contract before every form handler, also for definitions that were deployed earlier. */
public class FormContractListener extends AbstractBpmnParseListener {

    private final FormContracts contracts;
    private final CountedAnswers answers;

    public FormContractListener(FormContracts contracts, CountedAnswers answers) {
        this.contracts = contracts;
        this.answers = answers;
    }

    @Override
    public void parseUserTask(Element element, ScopeImpl scope, ActivityImpl activity) {
        TaskDefinition task = ((UserTaskActivityBehavior) activity.getActivityBehavior()).getTaskDefinition();
        TaskFormHandler handler = task.getTaskFormHandler();
        task.setTaskFormHandler(new ContractTaskFormHandler(handler, contracts, answers));
    }

    @Override
    public void parseStartEvent(Element element, ScopeImpl scope, ActivityImpl activity) {
        if (scope instanceof ProcessDefinitionEntity definition && definition.getStartFormHandler() != null) {
            StartFormHandler handler = definition.getStartFormHandler();
            definition.setStartFormHandler(new ContractStartFormHandler(handler, contracts, answers));
        }
    }
}
