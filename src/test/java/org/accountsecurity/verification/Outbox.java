package org.accountsecurity.verification;

/** Has the codes sent that are due; while tests run no thread does it by itself. */
public class Outbox {

    private final CodeOutbox codes;

    Outbox(CodeOutbox codes) {
        this.codes = codes;
    }

    /** As a node does that looks. */
    public void sendDue() {
        while (sendNext()) {
            // the next one
        }
    }

    /** False if none is due. */
    public boolean sendNext() {
        return codes.sendNext();
    }
}
