package org.accountsecurity.shop;

/**
 * Something between an account and its closing.
 *
 * @param kind what the decision table {@code deregistration-eligibility} knows, such as {@code UNPAID_ORDER}
 * @param reference the shop's own key of the item, never shown
 * @param label what the holder reads, in Chinese, without order text
 * @param amountFen in fen, 0 where there is no amount
 */
public record OpenItem(String kind, String reference, String label, long amountFen) {}
