package org.accountsecurity.notification;

/** Hands messages to the gateway of their channel. */
public interface Messenger {

    /**
     * @throws MessageNotAcceptedException if the gateway did not take the message; a retry is safe
     */
    void send(Message message);
}
