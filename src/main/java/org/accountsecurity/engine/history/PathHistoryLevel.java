package org.accountsecurity.engine.history;

import java.util.Set;
import org.camunda.bpm.engine.impl.history.AbstractHistoryLevel;
import org.camunda.bpm.engine.impl.history.event.HistoryEventType;
import org.camunda.bpm.engine.impl.history.event.HistoryEventTypes;

/** A history level for the path of a process, without anything that people typed or were shown. */
public class PathHistoryLevel extends AbstractHistoryLevel {

    public static final String NAME = "path";

    /** Stored in the database; an engine with another level does not start. */
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
