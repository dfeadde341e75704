package org.accountsecurity.watching;

import java.util.List;
import java.util.Map;

/**
 * What the database knew at one moment, the same for all nodes.
 *
 * @param open open requests by process
 * @param deadlinesAtRisk open requests with few working days left, those included that are late
 * @param deadlinesUncertain open requests whose last day was counted without the calendar of the next year
 * @param jobsFailed jobs that no longer try again
 * @param oldestDueSeconds since when the job that has been due for longest is due; 0 if none is
 */
record Figures(
        Map<String, Long> open,
        List<Ended> ended,
        long deadlinesAtRisk,
        long deadlinesMissed,
        long deadlinesUncertain,
        long erasuresStuck,
        long incidents,
        long jobsFailed,
        long jobsDue,
        double oldestDueSeconds) {

    /** Requests of a process that ended in one way within the last day, and how long they had taken. */
    record Ended(
            String process,
            String outcome,
            long requests,
            double medianSeconds,
            double ninetyFifthSeconds,
            double longestSeconds) {}
}
