package org.accountsecurity.gateway;

import java.time.Clock;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ResponseBody;

/** Shows the demo's inbox, as a page and as JSON. */
@Controller
@Profile("demo")
class InboxController {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("MM-dd HH:mm:ss", Locale.ROOT);

    private final Inbox inbox;
    private final Clock clock;

    InboxController(Inbox inbox, Clock clock) {
        this.inbox = inbox;
        this.clock = clock;
    }

    @GetMapping("/inbox")
    String page(Model model) {
        model.addAttribute(
                "messages",
                inbox.messages().stream()
                        .map(message -> Map.of(
                                "channel",
                                message.channel().label(),
                                "to",
                                message.to(),
                                "text",
                                message.text(),
                                "sentAt",
                                TIME.format(message.sentAt().atZone(clock.getZone()))))
                        .toList());
        return "inbox";
    }

    @GetMapping("/inbox/messages")
    @ResponseBody
    List<Inbox.Received> messages() {
        return inbox.messages();
    }
}
