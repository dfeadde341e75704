package org.accountsecurity.deregistration;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.accountsecurity.shop.OpenItem;
import org.accountsecurity.shop.Preview;

/**
 * The answers of data sets over the network that hold new obligations of the account, from before the account was locked.
 *
 * @param since when the first of them was asked
 * @param openItems by data set
 * @param previews by data set
 * @param closed set when the account is closed; otherwise every hold is released after the transaction
 */
record HeldDataSets(
        Instant since, Map<String, List<OpenItem>> openItems, Map<String, Preview> previews, AtomicBoolean closed) {}
