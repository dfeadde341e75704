package org.accountsecurity.obligation;

/** What can be owed. */
public enum Kind {
    NOTIFY_REQUESTED(0),
    NOTIFY_CLOSING(0),
    NOTIFY_PHONE_CHANGED(1),
    /** One for each data set; done once its absence is verified. */
    ERASE(1),
    SIGN_RECEIPT(2),
    NOTIFY_RESULT(3),
    END_LOGINS(4),
    /** Lapsed before the commit point; after it done, once nothing else is owed. */
    END_REQUEST(5);

    private final int stage;

    Kind(int stage) {
        this.stage = stage;
    }

    /** One waits for those of the same request with a smaller stage; 0 waits for none, and none waits for it. */
    int stage() {
        return stage;
    }
}
