package org.accountsecurity.notice;

import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.accountsecurity.gateway.Channel;
import org.accountsecurity.gateway.Message;
import org.accountsecurity.gateway.Messenger;
import org.accountsecurity.text.Messages;
import org.springframework.stereotype.Component;

/** Mails to staff, where there is an address for them and a gateway for mail. */
@Component
public class StaffMail {

    private final Messenger messenger;
    private final String address;

    StaffMail(Messenger messenger, StaffSettings settings) {
        this.messenger = messenger;
        this.address = settings.mail();
    }

    /**
     * Sends a mail.
     *
     * @param parameters made in the language of staff
     * @param key the same for every attempt
     * @throws org.accountsecurity.gateway.MessageNotAcceptedException if the gateway did not take it; a retry is safe
     */
    public void send(String template, Supplier<Map<String, String>> parameters, String key) {
        if (!address.isBlank() && messenger.delivers(Channel.EMAIL)) {
            messenger.send(Messages.in(
                    Locale.SIMPLIFIED_CHINESE,
                    () -> Message.of(Channel.EMAIL, address, template, parameters.get(), key)));
        }
    }
}
