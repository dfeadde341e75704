package org.accountsecurity.rehearsal;

import java.util.ArrayList;
import java.util.List;
import org.accountsecurity.engine.rehearsal.RehearsalFinding.Passed;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.camunda.bpm.engine.impl.bpmn.parser.AbstractBpmnParseListener;
import org.camunda.bpm.engine.impl.cfg.AbstractProcessEnginePlugin;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.camunda.bpm.engine.impl.persistence.entity.ProcessDefinitionEntity;
import org.camunda.bpm.engine.impl.pvm.process.ActivityImpl;
import org.camunda.bpm.engine.impl.pvm.process.ScopeImpl;
import org.camunda.bpm.engine.impl.pvm.process.TransitionImpl;
import org.camunda.bpm.engine.impl.util.xml.Element;

/** Notes which elements and flows the engine comes to, also in a step that fails. */
final class PassedElementsListener extends AbstractProcessEnginePlugin {

    private final List<Passed> passed = new ArrayList<>();

    @Override
    public void preInit(ProcessEngineConfigurationImpl configuration) {
        configuration.getCustomPostBPMNParseListeners().add(new AbstractBpmnParseListener() {
            @Override
            public void parseProcess(Element element, ProcessDefinitionEntity process) {
                listenTo(process);
            }
        });
    }

    private void listenTo(ScopeImpl scope) {
        for (ActivityImpl activity : scope.getActivities()) {
            String id = activity.getId();
            activity.addListener(
                    ExecutionListener.EVENTNAME_START, (ExecutionListener) execution -> note(execution, id));
            activity.getOutgoingTransitions()
                    .forEach(flow -> ((TransitionImpl) flow)
                            .addListener(ExecutionListener.EVENTNAME_TAKE, (ExecutionListener)
                                    execution -> note(execution, flow.getId())));
            listenTo(activity);
        }
    }

    private void note(DelegateExecution execution, String element) {
        passed.add(
                new Passed(((ExecutionEntity) execution).getProcessDefinition().getKey(), element));
    }

    /** What was passed since the last time. */
    List<Passed> take() {
        List<Passed> taken = List.copyOf(passed);
        passed.clear();
        return taken;
    }
}
