package org.accountsecurity.engine.worker;

/**
 * One program of a user.
 *
 * @param user as logged in
 * @param id chosen by the program, which another user's may choose as well
 */
record Worker(String user, String id) {

    /** No user id has it. */
    private static final String SEPARATOR = "/";

    /** What the engine knows it by. */
    String lockOwner() {
        return user + SEPARATOR + id;
    }

    static boolean isOf(String user, String lockOwner) {
        return lockOwner != null && lockOwner.startsWith(user + SEPARATOR);
    }
}
