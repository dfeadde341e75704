package org.accountsecurity.request;

/** What is said of a request by its holder, or by staff. */
public enum Statement {
    /** Has read what the law wants read, and agrees. */
    CONSENTED,
    CONFIRMED,
    WITHDRAWN,
    /** Staff has looked into it, and says what was found. */
    HANDLED
}
