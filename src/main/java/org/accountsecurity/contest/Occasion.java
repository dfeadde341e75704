package org.accountsecurity.contest;

/** What a notice tells of; it can be contested. */
public enum Occasion {
    DEREGISTRATION_REQUESTED("注销账户", false),
    DEREGISTRATION_COMMITTED("注销账户", true),
    PHONE_CHANGED("更换手机号", true);

    private final String what;
    private final boolean committed;

    Occasion(String what, boolean committed) {
        this.what = what;
        this.committed = committed;
    }

    String what() {
        return what;
    }

    /** Whether it is past the point of no return. */
    boolean committed() {
        return committed;
    }
}
