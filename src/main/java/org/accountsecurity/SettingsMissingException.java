package org.accountsecurity;

import java.util.List;

/** Settings without which the application must not start; the message has one sentence for each. */
class SettingsMissingException extends RuntimeException {

    SettingsMissingException(List<String> sentences) {
        super(String.join("\n", sentences));
    }
}
