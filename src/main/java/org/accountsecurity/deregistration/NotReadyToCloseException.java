package org.accountsecurity.deregistration;

import org.accountsecurity.request.MissingEvidence.Kind;

/** At the commit point the account turned out not to be ready; nothing of it was changed. */
class NotReadyToCloseException extends Exception {

    private final Kind missing;

    NotReadyToCloseException(String reason) {
        this(null, reason);
    }

    /** @param missing null if it is no evidence that is missing */
    NotReadyToCloseException(Kind missing, String reason) {
        super(reason);
        this.missing = missing;
    }

    Kind missing() {
        return missing;
    }
}
