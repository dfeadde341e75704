package org.accountsecurity.evidence;

/** Starts, and never answers. */
final class IdleHolder extends Holder {

    @Override
    boolean leaves(Form form) {
        return true;
    }
}
