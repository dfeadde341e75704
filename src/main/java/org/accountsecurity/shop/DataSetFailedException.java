package org.accountsecurity.shop;

import java.time.Duration;
import java.util.Optional;

/**
 * A call to a data set failed. The engine stores the message of a failed job, so it names the data set and the kind of
 * failure, but no address, account or part of the answer, and it has no cause.
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
