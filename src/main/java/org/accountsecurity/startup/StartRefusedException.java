package org.accountsecurity.startup;

/** The application must not start as it is. */
public class StartRefusedException extends RuntimeException {

    private final String reason;
    private final String remedy;

    /**
     * @param reason in one sentence
     * @param remedy what to do, one sentence a line
     */
    public StartRefusedException(String reason, String remedy) {
        super(reason + "\n" + remedy);
        this.reason = reason;
        this.remedy = remedy;
    }

    String reason() {
        return reason;
    }

    String remedy() {
        return remedy;
    }
}
