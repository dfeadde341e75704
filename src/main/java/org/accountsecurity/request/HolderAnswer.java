package org.accountsecurity.request;

import java.time.Instant;
import java.util.Locale;

/**
 * A statement of the holder about a request, from a session of the holder's own.
 *
 * @param noticeHash hash of the text that was shown with it; null for a withdrawal
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
