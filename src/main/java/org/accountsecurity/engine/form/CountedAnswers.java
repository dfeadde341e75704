package org.accountsecurity.engine.form;

import java.util.Map;
import org.accountsecurity.engine.identity.Groups;
import org.accountsecurity.request.AnswerCounted;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.variable.VariableMap;
import org.springframework.context.ApplicationEventPublisher;

/** Publishes the answers to counted questions of a form once a holder's submission of it was accepted. */
public class CountedAnswers {

    private final ApplicationEventPublisher events;

    public CountedAnswers(ApplicationEventPublisher events) {
        this.events = events;
    }

    /** @param questions the names under which questions are counted, by the keys of their fields */
    void publish(Map<String, String> questions, VariableMap accepted) {
        if (Groups.isHolder(Context.getCommandContext().getAuthentication())) {
            questions.forEach((key, question) -> {
                if (accepted.get(key) instanceof String answer) {
                    events.publishEvent(new AnswerCounted(question, answer));
                }
            });
        }
    }
}
