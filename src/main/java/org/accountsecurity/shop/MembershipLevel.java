package org.accountsecurity.shop;

import org.accountsecurity.text.Messages;

/** The shop's level of a customer (会员等级); models may use it in conditions and tables. */
public enum MembershipLevel {
    REGULAR,
    SILVER,
    GOLD,
    VIP;

    /** As its holder reads it. */
    public String label() {
        return Messages.textOf("shop.level-", this);
    }
}
