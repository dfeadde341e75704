package org.accountsecurity.request;

/** The kinds of statements about a request, by its holder or by staff. */
public enum Statement {
    /** The holder has read the notice and agrees. */
    CONSENTED,
    CONFIRMED,
    WITHDRAWN,
    /** Staff has looked into a contest and records the result. */
    HANDLED
}
