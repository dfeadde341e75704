package org.accountsecurity.obligation;

/** The kinds of obligations. */
public enum Kind {
    NOTIFY_REQUESTED(0),
    NOTIFY_CLOSING(0),
    NOTIFY_PHONE_CHANGED(1),
    /** One for each data set; done once its absence is verified. */
    ERASE(1),
    SIGN_RECEIPT(2),
    NOTIFY_RESULT(3),
    END_LOGINS(4),
    /** Before the commit point the request lapses; after it, it completes when no other obligation is open. */
    END_REQUEST(5);

    private final int stage;

    Kind(int stage) {
        this.stage = stage;
    }

    /** An obligation waits for those of its request with a smaller stage, except stage 0: nothing waits for it. */
    int stage() {
        return stage;
    }
}
