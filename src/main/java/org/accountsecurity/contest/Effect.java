package org.accountsecurity.contest;

/** What "that was not me" does at once, beside the case that it opens for staff. */
enum Effect {
    /** Stops the request, and whatever else is under way; ends all sessions and restricts the account. */
    STOPS,
    /** Does the same where the step itself can't be undone. */
    RESTRICTS,
    /** Comes too late: the account is closing or closed. */
    NONE
}
