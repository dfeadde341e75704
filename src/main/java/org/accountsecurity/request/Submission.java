package org.accountsecurity.request;

import java.util.HashSet;
import java.util.Set;
import java.util.function.Supplier;

/** What somebody submitted once, and what may be done in several attempts, each in a transaction of its own. */
public final class Submission {

    private static final ThreadLocal<Set<String>> DONE = new ThreadLocal<>();

    private Submission() {}

    /** Does all attempts at one submission. */
    public static <T> T of(Supplier<T> attempts) {
        DONE.set(new HashSet<>());
        try {
            return attempts.get();
        } finally {
            DONE.remove();
        }
    }

    /** Remembers for the next attempts what stays done although this one is rolled back. */
    public static void keep(String done) {
        if (DONE.get() != null) {
            DONE.get().add(done);
        }
    }

    /** Whether an attempt before has done it. */
    public static boolean isDone(String done) {
        return DONE.get() != null && DONE.get().contains(done);
    }

    /** It was taken back. */
    public static void forget(String done) {
        if (DONE.get() != null) {
            DONE.get().remove(done);
        }
    }
}
