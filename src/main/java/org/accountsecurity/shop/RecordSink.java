package org.accountsecurity.shop;

import java.util.List;

/** Takes the records of a data set for the holder's copy. */
public interface RecordSink {

    /** Names the columns, in Chinese and once, before the first record. */
    void columns(List<String> names);

    /**
     * Takes one record.
     *
     * @param values as texts, in the order of the columns; null where there is none
     */
    void record(List<String> values);

    /**
     * To be called now and then by one that waits for records, so that nobody waits for what is not wanted any more.
     *
     * @throws RuntimeException if it is not: the export is to end with it
     */
    default void goOn() {}
}
