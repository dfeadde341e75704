package org.accountsecurity.contest;

import org.accountsecurity.text.Messages;

/** The step that a notice is about; its addressees can contest it. */
public enum Occasion {
    DEREGISTRATION_REQUESTED("contest.what-deregistration", Effect.STOPS),
    DEREGISTRATION_COMMITTED("contest.what-deregistration", Effect.NONE),
    PHONE_CHANGED("contest.what-phone-change", Effect.RESTRICTS);

    private final String what;
    private final Effect effect;

    Occasion(String what, Effect effect) {
        this.what = what;
        this.effect = effect;
    }

    /** As holder and staff read it. */
    String what() {
        return Messages.text(what);
    }

    /** While the account is open. */
    Effect effect() {
        return effect;
    }
}
