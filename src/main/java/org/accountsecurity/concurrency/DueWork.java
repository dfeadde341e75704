package org.accountsecurity.concurrency;

/** Work that waits in the database and is done one piece at a time, usually by {@link WorkerThreads}. */
public interface DueWork {

    /** Does one piece that is due; false if there is none. */
    boolean doNext();
}
