package org.accountsecurity.engine.worker;

/**
 * A worker process.
 *
 * @param user the user as logged in
 * @param id chosen by the program; unique for its user only
 */
record Worker(String user, String id) {

    /** No user id contains it. */
    private static final String SEPARATOR = "/";

    /** The worker id for the engine. */
    String lockOwner() {
        return user + SEPARATOR + id;
    }

    static boolean isOf(String user, String lockOwner) {
        return lockOwner != null && lockOwner.startsWith(user + SEPARATOR);
    }
}
