package org.accountsecurity.engine.status;

import java.time.OffsetDateTime;
import java.util.List;

/**
 * Where a holder's requests stand.
 *
 * @param now by the server's clock and in its zone
 * @param ended the last request that ended a short while ago, null if there is none
 * @param offered the processes that a holder may start
 * @param token for what the holder sends, against requests that other sites make
 * @param restriction why the account may begin nothing sensitive now and what the holder can do, null if it may
 */
record RequestStatus(
        OffsetDateTime now,
        List<OpenRequest> open,
        EndedRequest ended,
        List<Offer> offered,
        String restriction,
        String token) {

    /**
     * A request that is under way.
     *
     * @param process its name
     * @param withdrawable whether it can be withdrawn
     * @param steps the names of the holder's steps
     * @param step the present one of them, from 1; 0 before the first
     * @param takes how long the present one takes, in words; null if the model does not say
     * @param doing what is being done, when the holder has nothing to do
     * @param task what the holder has to do now, null if there is nothing
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
     * @param until when it goes away by itself, null if it does not
     * @param action what submitting it does, in words, where it is not an answer; null otherwise
     * @param news what may change while the task waits, in words; null where nothing does
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
