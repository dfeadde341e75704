package org.accountsecurity.engine.rehearsal;

import java.util.Map;

/**
 * What the process of a rehearsal tells, a line each.
 *
 * @param steps how many steps were taken so far
 * @param report null until it is at its end
 */
public record RehearsalMessage(int steps, RehearsalReport report) {

    /** Files by name. */
    public record Request(Map<String, byte[]> files) {}
}
