package org.accountsecurity.request;

/** What a holder says of a request. */
public enum Statement {
    /** Has read what the law wants read, and agrees. */
    CONSENTED,
    CONFIRMED,
    WITHDRAWN
}
