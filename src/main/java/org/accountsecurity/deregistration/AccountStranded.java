package org.accountsecurity.deregistration;

/** An account was closing with nothing owed for it: a restore, or a fault. */
public record AccountStranded() {}
