package org.accountsecurity.evidence;

/** Answers everything but the last confirmation. */
final class UndecidedHolder extends Holder {

    @Override
    boolean leaves(Form form) {
        return isConfirmation(form);
    }
}
