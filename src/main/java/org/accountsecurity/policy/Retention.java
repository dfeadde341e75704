package org.accountsecurity.policy;

import org.accountsecurity.shop.Treatment;

/**
 * One row of {@code data-retention.dmn}.
 *
 * @param label of the data set, in Chinese
 * @param law that asks for the treatment
 */
public record Retention(String label, Treatment treatment, String law) {}
