package org.accountsecurity.deregistration;

import org.accountsecurity.request.HolderAnswers;
import org.accountsecurity.request.HolderRequests;
import org.accountsecurity.request.Statement;
import org.accountsecurity.request.StatementForm;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The word of a holder without the submission that gives it, for tests of the commit point alone. */
final class Word {

    private final HolderAnswers answers;
    private final HolderRequests requests;
    private final JdbcClient jdbc;

    Word(HolderAnswers answers, HolderRequests requests, JdbcClient jdbc) {
        this.answers = answers;
        this.requests = requests;
        this.jdbc = jdbc;
    }

    /** Says it of the notice that the request has now. */
    void say(Statement statement, String requestId) {
        String notice = jdbc.sql("select text from notice where request_id = ?")
                .param(requestId)
                .query(String.class)
                .single();
        answers.add(requestId, requests.accountOf(requestId), statement, "task", "shown", StatementForm.hash(notice));
    }
}
