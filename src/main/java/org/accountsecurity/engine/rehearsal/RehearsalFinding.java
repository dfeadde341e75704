package org.accountsecurity.engine.rehearsal;

import java.util.List;
import java.util.stream.Collectors;

/**
 * What a rehearsal has found.
 *
 * @param refuses whether the files may not be deployed because of it
 * @param process the key of the process; empty if it is about none
 * @param element the id of the element; empty if it is about none
 * @param text what is wrong and what to do, in Chinese
 * @param steps of the way that led there, in Chinese
 * @param way the elements and flows on it
 */
public record RehearsalFinding(
        boolean refuses, String process, String element, String text, List<String> steps, List<Passed> way) {

    /** An element or a flow that was passed. */
    public record Passed(String process, String element) {}

    /** What it is about: the element, else the process, else nothing. */
    public String place() {
        return element.isEmpty() ? process : element;
    }

    /** As the line of a list. */
    @Override
    public String toString() {
        return place() + " " + text
                + (steps.isEmpty() ? "" : "步骤：" + steps.stream().collect(Collectors.joining(" → ")) + "。");
    }
}
