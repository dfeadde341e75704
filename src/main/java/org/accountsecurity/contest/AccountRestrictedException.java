package org.accountsecurity.contest;

import org.accountsecurity.text.Messages;

/** The account may begin no sensitive change while staff looks into a contest; the message is for its holder. */
public class AccountRestrictedException extends Exception {

    AccountRestrictedException() {
        super(Messages.text("contest.restricted"));
    }
}
