package org.accountsecurity.shop;

import java.time.Period;

/**
 * The treatment of a data set, from its row in {@code data-retention.dmn}.
 *
 * @param anonymise true: keep the records without anything that leads to the holder; false: erase them
 * @param keepFor how long anonymised records are kept from the completion of their transaction
 */
public record Treatment(boolean anonymise, Period keepFor) {}
