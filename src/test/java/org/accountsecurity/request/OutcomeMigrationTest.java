package org.accountsecurity.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import javax.sql.DataSource;
import org.accountsecurity.testing.Rows;
import org.accountsecurity.testing.TestDatabase;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** What an older version has left is mended when this one migrates the database. */
class OutcomeMigrationTest {

    private static final String V14 = "14";

    @TempDir
    Path folder;

    @Test
    @DisplayName(
            "ended rows get the outcome that they lack, and the rule holds on every connection after the migration's")
    void endedRowsGetTheirOutcome() throws IOException {
        if (!TestDatabase.isPostgres()) {
            // one connection for each statement, as after a pool has renewed its own
            DataSource database = new DriverManagerDataSource(
                    "jdbc:h2:file:" + folder.resolve("older") + ";DB_CLOSE_DELAY=-1", "sa", "");
            migrates(database, "h2");
            JdbcClient.create(database).sql("shutdown").update();
            return;
        }
        try (EmbeddedPostgres postgres = EmbeddedPostgres.builder().start()) {
            migrates(postgres.getPostgresDatabase(), "postgresql");
        }
    }

    private static void migrates(DataSource database, String vendor) {
        Rows rows = new Rows(JdbcClient.create(database));
        flyway(database, vendor, V14);
        rows.update("insert into holder_request (id, process_key, account_id, process_instance_id, open_for, opened_at,"
                + " ended_at, outcome) values"
                + " ('lacks', 'phone-unbinding', 'acct-1', 'i-1', null, current_timestamp, current_timestamp, null),"
                + " ('has', 'phone-unbinding', 'acct-1', 'i-2', null, current_timestamp, current_timestamp,"
                + " 'EndEvent_PhoneChanged'),"
                + " ('told', 'phone-unbinding', 'acct-1', 'i-3', 'acct-1', current_timestamp, null, null),"
                + " ('open', 'phone-unbinding', 'acct-2', 'i-4', 'acct-2', current_timestamp, null, null)");
        rows.update("insert into phone_change (request_id, old_phone, new_phone, rebound_at) values"
                + " ('told', 'a', 'b', current_timestamp), ('open', null, 'c', null)");
        rows.update("insert into contest (id, request_id, occasion, stopped, opened_at, closed_at, outcome) values"
                + " ('lacks', 'has', 'PHONE_CHANGED', false, current_timestamp, current_timestamp, null)");
        rows.update("insert into consent (request_id, notice_hash, consented_at) values"
                + " ('told', 'of then', current_timestamp), ('open', 'of now', current_timestamp)");

        flyway(database, vendor, "latest");

        assertThat(rows.texts("select id || ' ' || coalesce(outcome, '-') || ' ' ||"
                        + " case when committed_at is null then '-' else 'committed' end"
                        + " from holder_request order by id"))
                .containsExactly("has EndEvent_PhoneChanged -", "lacks DELETED -", "open - -", "told - committed");
        assertThat(rows.text("select outcome from contest")).isEqualTo("DELETED");
        assertThat(
                        rows.texts(
                                "select request_id || ' ' || account_id || ' ' || statement || ' ' || notice_hash from holder_answer"))
                .as("of what is open the holder is asked anew")
                .containsExactly("told acct-1 CONSENTED of then");
        assertThat(rows.number("select count(*) from contest where restricted_until = opened_at + interval '15' day"))
                .isOne();
        rows.update("update holder_request set ended_at = current_timestamp, outcome = 'CONTESTED' where id = 'open'");
        assertThatThrownBy(
                        () -> rows.update("update holder_request set ended_at = current_timestamp where id = 'told'"))
                .isInstanceOf(DataIntegrityViolationException.class);
    }

    private static void flyway(DataSource database, String vendor, String target) {
        Flyway.configure()
                .dataSource(database)
                .locations("classpath:db/migration", "classpath:db/vendor/" + vendor)
                .target(target)
                .load()
                .migrate();
    }
}
