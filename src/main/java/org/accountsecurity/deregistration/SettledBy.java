package org.accountsecurity.deregistration;

import org.accountsecurity.text.Messages;

/** Who has to act on an open item, as the decision table {@code deregistration-eligibility} names it. */
enum SettledBy {
    HOLDER,
    SHOP,
    PROCESS;

    /** As the form's table names them. */
    String label() {
        return Messages.textOf("deregistration.settled-by-", this);
    }
}
