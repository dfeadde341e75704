package org.accountsecurity.request;

import java.time.Instant;
import java.util.Locale;

/**
 * What a holder said of a request, in a session of the holder's own.
 *
 * @param noticeHash of the text that was shown with it; null of a withdrawal
 * @param language in which the form was shown
 */
public record HolderAnswer(
        long id,
        String requestId,
        String accountId,
        Statement statement,
        String noticeHash,
        Locale language,
        Instant saidAt) {}
