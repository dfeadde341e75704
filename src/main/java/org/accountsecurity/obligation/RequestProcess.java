package org.accountsecurity.obligation;

/** A process that holders start: the obligations of its requests, and how they end without its diagram. */
public interface RequestProcess {

    String key();

    /** Adds the obligations of an open request in its present state. */
    void owe(String requestId);

    /** Ends a request and deletes what only a running request needs; a second call changes nothing. */
    void end(String requestId, String outcome);
}
