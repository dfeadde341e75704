package org.accountsecurity.shop;

import java.util.Collection;
import java.util.List;

/**
 * One kind of data that the shop holds of an account; a bean of this type is a data set, and its row in
 * {@code data-retention.dmn} says what becomes of it. Every call may be repeated with the same request id.
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

    /** How many records of the account the shop holds in this data set. */
    long count(String accountId);

    /** Whether it can keep records without anything that leads to the holder; most data sets can only erase. */
    default boolean anonymises() {
        return false;
    }

    /** Erases or anonymises the account's records; a second call finds nothing to do. */
    Erasure erase(String accountId, Treatment treatment, String requestId);

    /** Whether the shop, asked again, finds nothing any more that leads to the account's holder. */
    boolean verifyErased(String accountId);
}
