package org.accountsecurity.phoneunbinding;

import java.util.NoSuchElementException;
import org.accountsecurity.verification.PhoneCandidates;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The numbers of a change that is under way; they leave with it. */
@Component
class PendingPhones implements PhoneCandidates {

    private final JdbcClient jdbc;

    PendingPhones(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public String candidateOf(String requestId) {
        return jdbc.sql("select new_phone from phone_change where request_id = ?")
                .param(requestId)
                .query(String.class)
                .optional()
                .orElseThrow(() -> new NoSuchElementException("the request has named no new number"));
    }

    /** The number to tell that it is unbound; fails if the change has not happened. */
    String oldPhoneOf(String requestId) {
        return jdbc.sql("select old_phone from phone_change where request_id = ? and old_phone is not null")
                .param(requestId)
                .query(String.class)
                .single();
    }

    void propose(String requestId, String newPhone) {
        forget(requestId);
        jdbc.sql("insert into phone_change (request_id, new_phone) values (?, ?)")
                .params(requestId, newPhone)
                .update();
    }

    void keepOldPhone(String requestId, String oldPhone) {
        jdbc.sql("update phone_change set old_phone = ? where request_id = ?")
                .params(oldPhone, requestId)
                .update();
    }

    void forget(String requestId) {
        jdbc.sql("delete from phone_change where request_id = ?")
                .param(requestId)
                .update();
    }
}
