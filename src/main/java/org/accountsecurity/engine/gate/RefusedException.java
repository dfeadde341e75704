package org.accountsecurity.engine.gate;

import org.camunda.bpm.engine.impl.form.validator.FormFieldValidationException;
import org.springframework.http.HttpStatus;

/** A submission is refused, with the answer to its sender. The engine's REST interface makes a 400 of it. */
public class RefusedException extends FormFieldValidationException {

    private final transient RefusalAnswer answer;

    /**
     * What was submitted in a field is wrong.
     *
     * @param sentence for the sender
     */
    public RefusedException(String field, String sentence) {
        super(field, sentence);
        this.answer = new RefusalAnswer(HttpStatus.BAD_REQUEST, sentence);
    }

    public RefusedException(Refusal refusal) {
        super(null, refusal.text());
        this.answer = new RefusalAnswer(refusal);
    }

    /** @param failure what failed, for the log */
    public RefusedException(Refusal refusal, String failure) {
        super(null, failure + ". " + refusal.text());
        this.answer = new RefusalAnswer(refusal);
    }

    RefusalAnswer answer() {
        return answer;
    }
}
