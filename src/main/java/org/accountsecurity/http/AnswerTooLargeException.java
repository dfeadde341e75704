package org.accountsecurity.http;

import java.io.IOException;

/** An answer went on beyond its limit; no more of it was read. */
public class AnswerTooLargeException extends IOException {

    public AnswerTooLargeException(String limit) {
        super("larger than " + limit);
    }
}
