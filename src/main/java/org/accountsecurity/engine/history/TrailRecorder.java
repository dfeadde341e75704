package org.accountsecurity.engine.history;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.history.event.HistoryEvent;
import org.camunda.bpm.engine.impl.history.producer.DefaultHistoryEventProducer;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.camunda.bpm.engine.impl.pvm.PvmScope;

/**
 * Adds what has passed to the session of the command and produces no history event. The engine's own producer would
 * read the root instance for each event.
 */
class TrailRecorder extends DefaultHistoryEventProducer {

    @Override
    public HistoryEvent createProcessInstanceStartEvt(DelegateExecution execution) {
        return pass((ExecutionEntity) execution, Trail.STARTED);
    }

    @Override
    public HistoryEvent createActivityInstanceEndEvt(DelegateExecution execution) {
        ExecutionEntity ended = (ExecutionEntity) execution;
        PvmScope activity = ended.getActivity() == null ? (PvmScope) ended.getEventSource() : ended.getActivity();
        return pass(ended, ended.isCanceled() ? Trail.CANCELLED + activity.getId() : activity.getId());
    }

    @Override
    public HistoryEvent createProcessInstanceEndEvt(DelegateExecution execution) {
        return pass((ExecutionEntity) execution, Trail.ENDED);
    }

    private static HistoryEvent pass(ExecutionEntity execution, String mark) {
        Context.getCommandContext().getSession(TrailSession.class).pass(execution.getProcessInstance(), mark);
        return null;
    }
}
