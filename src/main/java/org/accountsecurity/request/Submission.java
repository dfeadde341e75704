package org.accountsecurity.request;

import java.util.HashSet;
import java.util.Set;
import java.util.function.Supplier;

/** One submission, which may take several attempts, each in a transaction of its own. */
public final class Submission {

    private static final ThreadLocal<Set<String>> DONE = new ThreadLocal<>();

    private Submission() {}

    /** Runs all attempts at one submission. */
    public static <T> T of(Supplier<T> attempts) {
        DONE.set(new HashSet<>());
        try {
            return attempts.get();
        } finally {
            DONE.remove();
        }
    }

    /** Remembers a step that survives the rollback of this attempt. */
    public static void markDone(String done) {
        if (DONE.get() != null) {
            DONE.get().add(done);
        }
    }

    /** Whether an earlier attempt has done the step. */
    public static boolean isDone(String done) {
        return DONE.get() != null && DONE.get().contains(done);
    }

    /** Forgets a step that was undone. */
    public static void forget(String done) {
        if (DONE.get() != null) {
            DONE.get().remove(done);
        }
    }
}
