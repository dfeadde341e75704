package org.accountsecurity.engine.rehearsal;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Map;

/**
 * What the process of a rehearsal tells, a line each; of its parts one is there.
 *
 * @param ready it can be asked
 * @param steps how many steps were taken so far
 * @param refusal why files may not be deployed, before anything of them was walked
 * @param finding of the walks
 * @param done nothing more of these files
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RehearsalMessage(Boolean ready, Integer steps, String refusal, RehearsalFinding finding, Boolean done) {

    /** Files by name. */
    public record Request(Map<String, byte[]> files) {}

    public static RehearsalMessage isReady() {
        return new RehearsalMessage(true, null, null, null, null);
    }

    public static RehearsalMessage tookSteps(int steps) {
        return new RehearsalMessage(null, steps, null, null, null);
    }

    public static RehearsalMessage refused(String text) {
        return new RehearsalMessage(null, null, text, null, null);
    }

    public static RehearsalMessage found(RehearsalFinding finding) {
        return new RehearsalMessage(null, null, null, finding, null);
    }

    public static RehearsalMessage isDone() {
        return new RehearsalMessage(null, null, null, null, true);
    }
}
