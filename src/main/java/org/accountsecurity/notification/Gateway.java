package org.accountsecurity.notification;

/** Takes the messages of one channel. */
interface Gateway {

    Channel channel();

    /**
     * @throws RuntimeException if the message was not taken; the same key may then be sent again
     */
    void send(Message message);
}
