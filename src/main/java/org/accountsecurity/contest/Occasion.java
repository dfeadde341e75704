package org.accountsecurity.contest;

/** What a notice tells of; it can be contested. */
public enum Occasion {
    DEREGISTRATION_REQUESTED("注销账户", Effect.STOPS),
    DEREGISTRATION_COMMITTED("注销账户", Effect.NONE),
    PHONE_CHANGED("更换手机号", Effect.RESTRICTS);

    private final String what;
    private final Effect effect;

    Occasion(String what, Effect effect) {
        this.what = what;
        this.effect = effect;
    }

    String what() {
        return what;
    }

    /** While the account is open. */
    Effect effect() {
        return effect;
    }
}
