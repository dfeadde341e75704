package org.accountsecurity.gateway;

/** A gateway's receipt for a message that it had accepted: whether it reached the phone or mailbox. */
public record MessageDelivered(Channel channel, boolean delivered) {}
