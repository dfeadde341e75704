package org.accountsecurity.evidence;

import java.util.Map;
import java.util.Optional;
import org.camunda.bpm.engine.task.Task;

/** A program in the holder's session, which answers what nobody has been shown. */
final class HastyHolder extends Holder {

    @Override
    Optional<Form> read(Walk walk, Task task) {
        return Optional.of(walk.formOf(task));
    }

    @Override
    void remember(Walk walk, Form form, Map<String, Object> answers, boolean withdrawal) {
        // nothing was seen
    }
}
