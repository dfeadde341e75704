package org.accountsecurity.deregistration.export;

import org.accountsecurity.text.Messages;

/** The state of a holder's copy. */
enum ExportState {
    NONE,
    PACKING,
    RETRYING,
    READY;

    /** The sentence for the holder. */
    String text() {
        return Messages.textOf("export.", this);
    }
}
