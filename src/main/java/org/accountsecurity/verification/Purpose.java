package org.accountsecurity.verification;

/** What a code is for; one issued for a purpose fails for every other. */
public enum Purpose {
    DEREGISTRATION("注销账户"),
    PHONE_UNBINDING("更换绑定手机号"),
    NEW_PHONE("绑定新手机号");

    private final String action;

    Purpose(String action) {
        this.action = action;
    }

    /** What the holder is doing, as the message with the code names it. */
    String action() {
        return action;
    }
}
