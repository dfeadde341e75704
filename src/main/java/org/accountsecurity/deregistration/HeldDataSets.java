package org.accountsecurity.deregistration;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.accountsecurity.shop.OpenItem;
import org.accountsecurity.shop.Preview;

/**
 * What data sets over the network have said while they hold the account's obligations, asked before the account was locked.
 *
 * @param since when the first of them was asked
 * @param openItems of each that holds
 * @param closed to be set once the account is closed: otherwise each stops to hold after the transaction
 */
record HeldDataSets(
        Instant since, Map<String, List<OpenItem>> openItems, Map<String, Preview> previews, AtomicBoolean closed) {}
