package org.accountsecurity.engine.rehearsal;

import java.util.List;
import org.accountsecurity.text.Sentence;

/**
 * One finding of a rehearsal.
 *
 * @param refuses whether it prevents the deployment
 * @param process the key of the process; empty if it is about none
 * @param element the id of the element; empty if it is about none
 * @param text the problem and the remedy
 * @param steps the steps that led there
 * @param way the elements and flows that were passed
 */
public record RehearsalFinding(
        boolean refuses, String process, String element, Sentence text, List<Sentence> steps, List<Passed> way) {

    /** An element or a flow that was passed. */
    public record Passed(String process, String element) {}

    /** The id of the element, else the key of the process, else empty. */
    public String place() {
        return element.isEmpty() ? process : element;
    }

    /** The finding as one line. */
    public Sentence line() {
        return steps.isEmpty()
                ? Sentence.of("rehearsal.finding", "place", place(), "text", text)
                : Sentence.of(
                        "rehearsal.finding-with-steps",
                        "place",
                        place(),
                        "text",
                        text,
                        "steps",
                        steps.stream()
                                .reduce((first, next) -> Sentence.of("rehearsal.steps", "first", first, "next", next))
                                .orElseThrow());
    }
}
