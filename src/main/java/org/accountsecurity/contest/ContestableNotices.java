package org.accountsecurity.contest;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.accountsecurity.gateway.Message;
import org.accountsecurity.notice.Addressee;
import org.accountsecurity.notice.Notice;
import org.springframework.stereotype.Component;

/** Notices of a sensitive step, to each address with a link of its own to say "that was not me". */
@Component
public class ContestableNotices {

    private final ContestLinks links;

    ContestableNotices(ContestLinks links) {
        this.links = links;
    }

    /** A notice that reaches each addressee once; its templates have the one parameter {@code link}. */
    public Notice notice(
            String requestId, Occasion occasion, List<Addressee> addressees, Function<Addressee, String> template) {
        return new ContestableNotice(requestId, occasion, addressees, template, links);
    }

    /** The link for an addressee; it works before it is sent, so that nobody can come too early. */
    public String link(String requestId, Occasion occasion, Addressee addressee) {
        return links.create(requestId, occasion, addressee);
    }

    private record ContestableNotice(
            String requestId,
            Occasion occasion,
            List<Addressee> addressees,
            Function<Addressee, String> template,
            ContestLinks links)
            implements Notice {

        @Override
        public String id() {
            return requestId + "-" + occasion;
        }

        @Override
        public Message message(Addressee addressee) {
            return message(
                    addressee, template.apply(addressee), Map.of("link", links.create(requestId, occasion, addressee)));
        }

        @Override
        public boolean sent(Addressee addressee) {
            return links.sent(requestId, occasion, addressee);
        }

        @Override
        public void markSent(Addressee addressee) {
            links.markSent(requestId, occasion, addressee);
        }
    }
}
