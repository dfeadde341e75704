package org.accountsecurity.shop;

import java.time.Duration;
import java.util.Optional;

/**
 * A call that did not do what was asked. The engine keeps the message of a failed job, so it names the data set and the
 * kind of failure, and neither an address, an account nor a word of the answer; for the same reason it has no cause.
 */
public class DataSetFailedException extends RuntimeException {

    private final boolean worthRepeating;
    private final Duration pause;

    public DataSetFailedException(String dataSet, String kind) {
        this(dataSet, kind, false);
    }

    public DataSetFailedException(String dataSet, String kind, boolean worthRepeating) {
        this(dataSet, kind, worthRepeating, null);
    }

    /** @param pause before which the data set does not want to be called again */
    public DataSetFailedException(String dataSet, String kind, Duration pause) {
        this(dataSet, kind, false, pause);
    }

    private DataSetFailedException(String dataSet, String kind, boolean worthRepeating, Duration pause) {
        super("data set " + dataSet + ": " + kind);
        this.worthRepeating = worthRepeating;
        this.pause = pause;
    }

    /** Whether the same call may succeed at once. */
    public boolean isWorthRepeating() {
        return worthRepeating;
    }

    /** How long the data set wants to be left alone, if it said so. */
    public Optional<Duration> pause() {
        return Optional.ofNullable(pause);
    }
}
