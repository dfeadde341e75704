package org.accountsecurity.shop;

import java.time.LocalDate;

/**
 * What an erasure would do now.
 *
 * @param records the number of records that the shop holds of the account
 * @param retainedUntil the day on which the last retained record may go; null where none would be retained
 */
public record Preview(long records, LocalDate retainedUntil) {}
