package org.accountsecurity.contest;

/** The immediate effect of "that was not me", in addition to the case for staff. */
enum Effect {
    /** Stops this request and the others of the account, ends all sessions and restricts the account. */
    STOPS,
    /** The same, for a step that cannot be undone. */
    RESTRICTS,
    /** Too late: the account is closing or closed. */
    NONE
}
