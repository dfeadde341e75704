package org.accountsecurity.contest;

/** Uses the link of a notice, as its page does. */
public final class NotMe {

    private NotMe() {}

    /** The business key of the case that it has opened. */
    public static String use(Contests contests, String path) {
        return contests.contest(path.substring(ContestLinks.PATH.length()))
                .orElseThrow(() -> new AssertionError("the link does nothing"))
                .id();
    }
}
