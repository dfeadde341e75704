package org.accountsecurity.deregistration;

import org.accountsecurity.request.MissingEvidence.Kind;

/** The account can't be closed now, and was not changed. The message is for its holder. */
class NotReadyToCloseException extends Exception {

    private final Kind missing;

    NotReadyToCloseException(String reason) {
        this(null, reason);
    }

    /** @param missing null if no evidence is missing */
    NotReadyToCloseException(Kind missing, String reason) {
        super(reason);
        this.missing = missing;
    }

    Kind missing() {
        return missing;
    }
}
