package org.accountsecurity.engine.history;

import java.util.LinkedHashMap;
import java.util.Map;
import org.camunda.bpm.engine.impl.interceptor.Session;
import org.camunda.bpm.engine.impl.interceptor.SessionFactory;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.camunda.bpm.engine.impl.persistence.entity.ProcessDefinitionEntity;

/** Collects the path of a command and its nested commands; a failed command is never flushed. */
class TrailSession implements Session {

    /**
     * Maximum characters kept per instance and transaction; longer trails are cut so that history never fails a commit.
     */
    private static final int LONGEST = 100_000;

    private final Trails trails;
    private final Map<String, Passing> instances = new LinkedHashMap<>();

    private TrailSession(Trails trails) {
        this.trails = trails;
    }

    void pass(ExecutionEntity instance, String mark) {
        Passing passing = instances.computeIfAbsent(instance.getId(), id -> new Passing(instance));
        if (passing.marks.length() < LONGEST) {
            passing.marks.append(' ').append(mark);
        }
    }

    /** Instances without a request leave no trail. The engine may flush a session twice. */
    @Override
    public void flush() {
        Map<String, StringBuilder> requests = new LinkedHashMap<>();
        for (Passing passing : instances.values()) {
            String request = passing.instance.getBusinessKey();
            if (request != null) {
                requests.computeIfAbsent(request, key -> new StringBuilder())
                        .append(passing.marks)
                        .append('\n');
            }
        }
        instances.clear();
        requests.forEach((request, steps) -> trails.add(request, steps.toString()));
    }

    @Override
    public void close() {
        instances.clear();
    }

    /** The instance may get its business key later in the command. */
    private static class Passing {

        private final ExecutionEntity instance;
        private final StringBuilder marks;

        Passing(ExecutionEntity instance) {
            ProcessDefinitionEntity definition = instance.getProcessDefinition();
            this.instance = instance;
            this.marks = new StringBuilder(instance.getId())
                    .append(' ')
                    .append(definition.getKey())
                    .append(':')
                    .append(definition.getVersion());
        }
    }

    /** Opens one session for each command. */
    record Factory(Trails trails) implements SessionFactory {

        @Override
        public Class<?> getSessionType() {
            return TrailSession.class;
        }

        @Override
        public Session openSession() {
            return new TrailSession(trails);
        }
    }
}
