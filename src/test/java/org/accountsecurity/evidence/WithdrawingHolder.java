package org.accountsecurity.evidence;

/** Answers everything, and takes it back at the last moment: while cooling off, or where there is none, at the last question. */
final class WithdrawingHolder extends Holder {

    private final boolean coolsOff;

    WithdrawingHolder(boolean coolsOff) {
        this.coolsOff = coolsOff;
    }

    @Override
    boolean withdraws(Form form) {
        return coolsOff ? isCoolingOff(form) : isConfirmation(form);
    }
}
