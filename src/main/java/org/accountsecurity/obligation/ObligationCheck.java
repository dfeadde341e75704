package org.accountsecurity.obligation;

/** Looks once an hour for what should be owed and is not: of older versions, after a restore, or by a fault. */
public interface ObligationCheck {

    void check();
}
