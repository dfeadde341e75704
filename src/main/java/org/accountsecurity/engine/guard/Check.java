package org.accountsecurity.engine.guard;

import java.util.stream.Stream;

/** One check of a deployment. */
interface Check {

    Stream<Finding> findings(Models models);
}
