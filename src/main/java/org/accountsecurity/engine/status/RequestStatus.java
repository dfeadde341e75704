package org.accountsecurity.engine.status;

import java.time.OffsetDateTime;
import java.util.List;

/**
 * The state of the requests of a holder.
 *
 * @param now the time of the server in its zone
 * @param ended the request that has ended within the last minutes; null if there is none
 * @param offered the processes that a holder may start
 * @param token CSRF token for requests of the page
 * @param restriction why the account may start nothing sensitive now and what the holder can do; null if it may
 */
record RequestStatus(
        OffsetDateTime now,
        List<OpenRequest> open,
        EndedRequest ended,
        List<Offer> offered,
        String restriction,
        String token) {

    /**
     * A request in progress.
     *
     * @param process the name of the process
     * @param withdrawable whether it can be withdrawn
     * @param steps the names of the steps of the holder
     * @param step the number of the present step, from 1; 0 before the first
     * @param takes how long the present step takes, as text; null if the model does not say
     * @param doing what the system does while the holder has no task
     * @param task the task of the holder; null if there is none
     */
    record OpenRequest(
            String id,
            String process,
            boolean withdrawable,
            List<String> steps,
            int step,
            String takes,
            String doing,
            OpenTask task) {}

    /**
     * A task of the holder.
     *
     * @param until when a timer ends it; null if none does
     * @param action the effect of its submission, as text, if it is no answer; null otherwise
     * @param news the value that may change while the task waits, as text; null if there is none
     */
    record OpenTask(String id, String name, OffsetDateTime until, String action, String news) {}

    /** A process to start, with the names of its steps. */
    record Offer(String key, String name, List<String> steps) {}

    /**
     * A request that has ended.
     *
     * @param outcome the name of its end event
     * @param meaning what that means for the holder, and what can be done; null if the model does not say
     */
    record EndedRequest(String process, String outcome, String meaning) {}
}
