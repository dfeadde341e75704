package org.accountsecurity.shop;

/** What the shop makes of a customer; a diagram or a table may ask for it. */
public enum AccountStanding {
    REGULAR("普通会员"),
    SILVER("银卡会员"),
    GOLD("金卡会员"),
    VIP("VIP 会员");

    private final String label;

    AccountStanding(String label) {
        this.label = label;
    }

    /** As its holder reads it. */
    public String label() {
        return label;
    }
}
