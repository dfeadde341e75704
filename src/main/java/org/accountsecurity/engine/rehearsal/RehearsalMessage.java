package org.accountsecurity.engine.rehearsal;

import java.util.Map;

/**
 * One line of output of a rehearsal process.
 *
 * @param steps the number of steps so far
 * @param report null until the end
 */
public record RehearsalMessage(int steps, RehearsalReport report) {

    /** Files by name. */
    public record Request(Map<String, byte[]> files) {}
}
