package org.accountsecurity.gateway;

/** Takes the messages of one channel. */
interface Gateway {

    Channel channel();

    /**
     * @return the name of the gateway that took it, for metrics and health
     * @throws RuntimeException if the message was not taken; the same key may then be sent again
     */
    String send(Message message);
}
