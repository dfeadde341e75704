package org.accountsecurity.request;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.Locale;
import java.util.Optional;
import org.accountsecurity.text.Messages;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The statements of holders, which are only ever added: the evidence that a commit point requires. */
@Component
public class HolderAnswers {

    private static final String SELECT =
            "select id, request_id, account_id, statement, notice_hash, language, said_at from holder_answer where request_id = ?";

    private final JdbcClient jdbc;
    private final Clock clock;

    HolderAnswers(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** Adds an answer, in the transaction of the submission and in the language of its thread. */
    public void add(
            String requestId,
            String accountId,
            Statement statement,
            String taskId,
            String shownHash,
            String noticeHash) {
        jdbc.sql(
                        "insert into holder_answer (request_id, account_id, statement, task_id, shown_hash, notice_hash, language, said_at)"
                                + " values (?, ?, ?, ?, ?, ?, ?, ?)")
                .params(
                        requestId,
                        accountId,
                        statement.name(),
                        taskId,
                        shownHash,
                        noticeHash,
                        Messages.language().toLanguageTag(),
                        Timestamp.from(clock.instant()))
                .update();
    }

    /** The newest answer of a request. */
    public Optional<HolderAnswer> newest(String requestId) {
        return jdbc.sql(SELECT + " order by id desc limit 1")
                .param(requestId)
                .query(HolderAnswers::read)
                .optional();
    }

    /** The newest consent that came before an answer, by the same account. */
    public Optional<HolderAnswer> consentBefore(HolderAnswer answer) {
        return jdbc.sql(SELECT + " and account_id = ? and statement = 'CONSENTED' and id < ? order by id desc limit 1")
                .params(answer.requestId(), answer.accountId(), answer.id())
                .query(HolderAnswers::read)
                .optional();
    }

    private static HolderAnswer read(ResultSet row, int number) throws SQLException {
        return new HolderAnswer(
                row.getLong("id"),
                row.getString("request_id"),
                row.getString("account_id"),
                Statement.valueOf(row.getString("statement")),
                row.getString("notice_hash"),
                Locale.forLanguageTag(row.getString("language")),
                row.getTimestamp("said_at").toInstant());
    }
}
