package org.accountsecurity.engine.gate;

import java.util.Locale;
import org.accountsecurity.text.Messages;
import org.springframework.http.HttpStatus;

/** The reasons for which a request of a holder fails, with the status of the answer. */
public enum Refusal {
    FORBIDDEN(HttpStatus.FORBIDDEN),
    /** Somebody else, or a timer, was first; after a conflict Tasklist shows its task anew. */
    MOVED_ON(HttpStatus.CONFLICT),
    /** The form shows something else by now than what the holder has answered. */
    SHOWN_ANEW(HttpStatus.CONFLICT),
    MALFORMED(HttpStatus.BAD_REQUEST),
    SHOP_UNAVAILABLE(HttpStatus.SERVICE_UNAVAILABLE),
    FAILED(HttpStatus.INTERNAL_SERVER_ERROR);

    private final HttpStatus status;

    Refusal(HttpStatus status) {
        this.status = status;
    }

    public HttpStatus status() {
        return status;
    }

    /** In the language of this thread. */
    public String text() {
        return Messages.text("refusal." + name().toLowerCase(Locale.ROOT).replace('_', '-'));
    }
}
