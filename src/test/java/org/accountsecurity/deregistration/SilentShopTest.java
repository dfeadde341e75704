package org.accountsecurity.deregistration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.util.Map;
import org.accountsecurity.shop.DataSet;
import org.accountsecurity.shop.DataSetCatalogue;
import org.accountsecurity.shop.DataSetFailedException;
import org.accountsecurity.testing.ApplicationTest;
import org.accountsecurity.testing.Visitor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.util.ReflectionTestUtils;

/** A system of the shop that does not answer a holder is no fault of this application. */
@ApplicationTest
@ExtendWith(OutputCaptureExtension.class)
class SilentShopTest {

    private static final String HOLDER = "acct-10001";

    @LocalServerPort
    int port;

    @Autowired
    DataSetCatalogue catalogue;

    @Autowired
    JdbcClient jdbc;

    private final DataSet silent = mock();
    private Map<String, DataSet> dataSets;
    private DataSet orders;
    private Visitor holder;

    @BeforeEach
    @SuppressWarnings("unchecked")
    void login() {
        when(silent.openItems(any())).thenThrow(new DataSetFailedException("orders", "no answer"));
        dataSets = (Map<String, DataSet>) ReflectionTestUtils.getField(catalogue, "byName");
        orders = dataSets.get("orders");
        holder = new Visitor(port);
        holder.login("13800138001", "Demo-10001");
    }

    @AfterEach
    void answersAgain() {
        dataSets.put("orders", orders);
    }

    @Test
    @DisplayName("the start of a request is answered 503 with what to do, and logged without a stack trace")
    void atTheStart(CapturedOutput output) {
        dataSets.put("orders", silent);
        String definition = "";
        for (var process :
                holder.get(Visitor.ENGINE + "/process-definition?latest=true").json()) {
            if (process.path("key").asText().equals("account-deregistration")) {
                definition = process.path("id").asText();
            }
        }

        assertUnavailable(
                holder.post(
                        Visitor.ENGINE + "/process-definition/" + definition + "/submit-form",
                        Map.of("variables", Map.of())),
                output);
        assertThat(jdbc.sql("select count(*) from holder_request where account_id = ?")
                        .param(HOLDER)
                        .query(Long.class)
                        .single())
                .isZero();
    }

    @Test
    @DisplayName("the answer to a task is too, and the task stays")
    void atATask(CapturedOutput output) {
        jdbc.sql("insert into shop_order (id, account_id, title, amount_fen, status, placed_at)"
                        + " values ('order-silent', ?, '台灯', 3990, 'UNPAID', current_timestamp)")
                .param(HOLDER)
                .update();
        holder.start("account-deregistration");
        String task = holder.tasks().path(0).path("id").asText();
        dataSets.put("orders", silent);

        assertUnavailable(holder.submit(task, Map.of("choice", "CHECK_AGAIN")), output);
        assertThat(holder.tasks().path(0).path("id").asText()).isEqualTo(task);
    }

    private static void assertUnavailable(Visitor.Answer answer, CapturedOutput output) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(503);
        assertThat(answer.message()).isEqualTo("商家的系统暂时没有给出可用的应答，这一步没有完成。请过几分钟再试；一直如此，请联系客服。");
        assertThat(output)
                .contains("A holder can't go on now: data set orders: no answer")
                .doesNotContain("ENGINE-REST-HTTP");
    }
}
