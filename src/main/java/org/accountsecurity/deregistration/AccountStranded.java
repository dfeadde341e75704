package org.accountsecurity.deregistration;

/** An account was CLOSING without obligations, after a restore or by a fault; published for the metrics. */
public record AccountStranded() {}
