package org.accountsecurity.obligation;

/** One process that holders start: what is owed for its requests, and how they end without its diagram. */
public interface RequestProcess {

    String key();

    /** Notes what is owed for an open request as it stands; of what is noted nothing changes. */
    void owe(String requestId);

    /** Ends a request and forgets what only a running one needs; a second call changes nothing. */
    void end(String requestId, String outcome);
}
