package org.accountsecurity.evidence;

/** Somebody who walks through a model. */
interface Person {

    void begin(Walk walk);

    /** Does the next thing; false if there is nothing to do until something happens. */
    boolean act(Walk walk);
}
