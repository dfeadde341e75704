package org.accountsecurity;

import java.time.Duration;

/** This node's clock is too far off the database's to start. */
class WrongClockException extends RuntimeException {

    /** @param toDatabase from the node's time to the database's */
    WrongClockException(Duration toDatabase) {
        super("This node's clock is " + toDatabase.abs().toSeconds() + " seconds "
                + (toDatabase.isNegative() ? "ahead of" : "behind") + " that of the database, more than "
                + EngineTime.TOLERATED.toSeconds() + ": let NTP set it, and start again.");
    }
}
