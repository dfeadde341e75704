package org.accountsecurity.shop;

/**
 * A call that did not do what was asked. The engine keeps the message of a failed job, so it names the data set and the
 * kind of failure, and neither an address, an account nor a word of the answer; for the same reason it has no cause.
 */
public class DataSetFailedException extends RuntimeException {

    private final boolean worthRepeating;

    public DataSetFailedException(String dataSet, String kind) {
        this(dataSet, kind, false);
    }

    public DataSetFailedException(String dataSet, String kind, boolean worthRepeating) {
        super("data set " + dataSet + ": " + kind);
        this.worthRepeating = worthRepeating;
    }

    public boolean isWorthRepeating() {
        return worthRepeating;
    }
}
