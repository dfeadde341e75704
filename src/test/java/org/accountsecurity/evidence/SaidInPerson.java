package org.accountsecurity.evidence;

import java.time.Instant;

/** What a holder has seen and said in a session of their own, as the walk remembers it: the database has no part in it. */
final class SaidInPerson {

    private Instant consented;
    private Instant confirmed;
    private Instant withdrawn;
    private String confirmedTarget;
    private boolean settled;

    void consented(Instant when) {
        consented = when;
    }

    void confirmed(Instant when, String target) {
        confirmed = when;
        confirmedTarget = target;
    }

    void withdrawn(Instant when) {
        withdrawn = when;
    }

    /** What was said was said of something else. */
    void outdated() {
        consented = null;
        confirmed = null;
    }

    void settled() {
        settled = true;
    }

    /** Whether the holder was shown the open items, and had them settled. */
    boolean hasSettled() {
        return settled;
    }

    /** When the holder said the last thing that closes an account or moves a number, null if that is not how it stands. */
    Instant lastWord() {
        return consented != null
                        && confirmed != null
                        && confirmed.isAfter(consented)
                        && (withdrawn == null || withdrawn.isBefore(confirmed))
                ? confirmed
                : null;
    }

    /** What the confirmation said would be bound. */
    String confirmedTarget() {
        return confirmedTarget;
    }
}
