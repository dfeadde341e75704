package org.accountsecurity.request;

import java.time.Instant;

/**
 * A statement of the holder about a request, from a session of the holder's own.
 *
 * @param noticeHash hash of the text that was shown with it; null for a withdrawal
 */
public record HolderAnswer(
        long id, String requestId, String accountId, Statement statement, String noticeHash, Instant saidAt) {}
