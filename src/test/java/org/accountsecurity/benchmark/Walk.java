package org.accountsecurity.benchmark;

/** One way to do the work, step by step as its holder and the jobs take it. */
interface Walk {

    /** More steps than any work has: whoever takes so many goes in circles. */
    int MOST_STEPS = 20;

    /**
     * Does a whole piece of work.
     *
     * @param until the user task at which the holder stops; null to go through to the end
     */
    void walk(Work work, Holder holder, String until, Latencies latencies);
}
