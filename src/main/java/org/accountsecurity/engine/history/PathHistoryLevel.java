package org.accountsecurity.engine.history;

import java.util.Set;
import org.camunda.bpm.engine.impl.history.AbstractHistoryLevel;
import org.camunda.bpm.engine.impl.history.event.HistoryEventType;
import org.camunda.bpm.engine.impl.history.event.HistoryEventTypes;

/** History of the path that a process took, and of nothing that anybody typed or was shown. */
public class PathHistoryLevel extends AbstractHistoryLevel {

    public static final String NAME = "path";

    /** The database knows it, and an engine with another does not start. */
    private static final int ID = 11;

    private static final Set<HistoryEventType> EVENTS = Set.of(
            HistoryEventTypes.PROCESS_INSTANCE_START,
            HistoryEventTypes.PROCESS_INSTANCE_END,
            HistoryEventTypes.ACTIVITY_INSTANCE_END);

    @Override
    public int getId() {
        return ID;
    }

    @Override
    public String getName() {
        return NAME;
    }

    @Override
    public boolean isHistoryEventProduced(HistoryEventType eventType, Object entity) {
        return EVENTS.contains(eventType);
    }
}
