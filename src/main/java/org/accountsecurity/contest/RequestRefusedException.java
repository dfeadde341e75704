package org.accountsecurity.contest;

/** The account may not have another request now; the refused one is recorded, and its process ends with a BPMN error. */
public class RequestRefusedException extends Exception {

    private final String requestId;
    private final String error;

    RequestRefusedException(String requestId, String error) {
        super(error);
        this.requestId = requestId;
        this.error = error;
    }

    public String requestId() {
        return requestId;
    }

    /** The code of the BPMN error. */
    public String error() {
        return error;
    }
}
