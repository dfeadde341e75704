package org.accountsecurity.engine.guard;

import java.util.stream.Stream;

/** One kind of what may be wrong with a deployment. */
interface Check {

    Stream<Finding> findings(Models models);
}
