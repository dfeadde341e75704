package org.accountsecurity.engine.rehearsal;

import java.util.List;
import org.accountsecurity.text.Sentence;

/**
 * What a rehearsal has found.
 *
 * @param refuses whether the files may not be deployed because of it
 * @param process the key of the process; empty if it is about none
 * @param element the id of the element; empty if it is about none
 * @param text what is wrong and what to do
 * @param steps of the way that led there
 * @param way the elements and flows on it
 */
public record RehearsalFinding(
        boolean refuses, String process, String element, Sentence text, List<Sentence> steps, List<Passed> way) {

    /** An element or a flow that was passed. */
    public record Passed(String process, String element) {}

    /** What it is about: the element, else the process, else nothing. */
    public String place() {
        return element.isEmpty() ? process : element;
    }

    /** As the line of a list. */
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
