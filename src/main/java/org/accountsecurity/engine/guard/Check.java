package org.accountsecurity.engine.guard;

import java.util.stream.Stream;

/** One kind of what may be wrong with a deployment. */
interface Check {

    Stream<Finding> findings(Models models);

    /** Whether it looks at elements by themselves; what it finds, those that follow paths would find once more. */
    default boolean comesFirst() {
        return false;
    }
}
