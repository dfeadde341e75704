package org.accountsecurity.http;

import java.io.IOException;

/** An answer was longer than its limit; the rest was not read. */
public class AnswerTooLargeException extends IOException {

    public AnswerTooLargeException(String limit) {
        super("larger than " + limit);
    }
}
