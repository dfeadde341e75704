package org.accountsecurity.shop;

import java.time.LocalDate;

/**
 * What would become of a data set.
 *
 * @param records that the shop holds of the account
 * @param frozenUntil the day on which the last retained record may go; null where none would be retained
 */
public record Preview(long records, LocalDate frozenUntil) {}
