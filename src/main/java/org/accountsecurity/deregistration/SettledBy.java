package org.accountsecurity.deregistration;

/** Who has to act on an open item, as the decision table {@code deregistration-eligibility} names it. */
enum SettledBy {
    HOLDER("您"),
    SHOP("商家"),
    PROCESS("我们");

    private final String label;

    SettledBy(String label) {
        this.label = label;
    }

    String label() {
        return label;
    }
}
