package org.accountsecurity.shop;

import java.time.LocalDate;
import java.util.Collection;
import java.util.List;

/**
 * One kind of data that the shop holds of an account; a bean of this type is a data set, and its row in
 * {@code data-retention.dmn} says how it is treated. Every call may be repeated with the same request id.
 */
public interface DataSet {

    /** The key of the row in {@code data-retention.dmn}, such as {@code orders}. */
    String name();

    /** What has to be settled before the account can be closed; most data sets have nothing. */
    default List<OpenItem> openItems(String accountId) {
        return List.of();
    }

    /**
     * Settles open items on the holder's behalf, as far as the shop can do that by itself; what can't be settled stays
     * open.
     *
     * @param references of the items, see {@link OpenItem#reference()}
     */
    default void settle(String accountId, Collection<String> references, String requestId) {}

    /** What {@link #erase} would do now; changes nothing. */
    Preview preview(String accountId, Treatment treatment);

    /** Whether it can keep records that no longer identify the holder; most data sets can only erase. */
    default boolean anonymises() {
        return false;
    }

    /** Writes the account's records, one by one and never all of them in memory; most data sets have a copy to give. */
    default void export(String accountId, RecordSink sink) {}

    /** Whether it is asked over the network: then never while an account is locked. */
    default boolean isRemote() {
        return false;
    }

    /**
     * From now on the shop refuses everything that would create an obligation of the account or towards it. Ends with
     * {@link #release}, becomes permanent with the erasure, and ends by itself after 15 minutes if neither comes.
     */
    default void hold(String accountId, String requestId) {}

    /** Undoes {@link #hold}: the account stays open. */
    default void release(String accountId, String requestId) {}

    /**
     * Erases or anonymises the account's records, as many as fit into a transaction of about a second, and is called
     * until it is complete. A remote data set returns the total outcome under this request so far, because an
     * earlier answer may be lost.
     */
    Erasure erase(String accountId, Treatment treatment, String requestId);

    /** Whether the shop, asked again, holds nothing more that identifies the account's holder. */
    boolean verifyErased(String accountId);

    /**
     * Deletes retained records whose retention has ended, as many as fit into a transaction of about a second.
     *
     * @return how many; 0 when none is left
     */
    default int purge(LocalDate today) {
        return 0;
    }
}
