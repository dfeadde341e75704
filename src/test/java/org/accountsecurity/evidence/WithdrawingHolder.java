package org.accountsecurity.evidence;

/** Answers everything, and takes it back at the last question, or confirms and takes it back at whatever comes then. */
final class WithdrawingHolder extends Holder {

    private final boolean afterwards;

    WithdrawingHolder(boolean afterwards) {
        this.afterwards = afterwards;
    }

    @Override
    boolean withdraws(Walk walk, Form form) {
        return afterwards ? walk.said().lastWord() != null : isConfirmation(form);
    }
}
