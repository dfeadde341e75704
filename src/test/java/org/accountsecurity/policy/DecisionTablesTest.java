package org.accountsecurity.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.util.Map;
import java.util.Optional;
import org.accountsecurity.contract.TableContract;
import org.accountsecurity.request.HolderRequests;
import org.accountsecurity.testing.JourneyTest;
import org.accountsecurity.text.Sentence;
import org.camunda.bpm.engine.DecisionService;
import org.camunda.bpm.engine.RepositoryService;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.support.StaticListableBeanFactory;

/** Which table answers a request. */
class DecisionTablesTest extends JourneyTest {

    @Autowired
    DecisionTables tables;

    @Autowired
    DecisionService decisions;

    @Autowired
    RepositoryService repository;

    @Autowired
    HolderRequests requests;

    @Test
    @DisplayName("a request is answered by the table that came with its diagram, anything else by the newest")
    void aRequestIsAnsweredByItsOwnTable() {
        String request = started();

        journey.deployed("data-retention", "\"交易记录\"", "\"全部交易\"");

        assertThat(tables.ask(request, "data-retention", "dataSet", "orders")).containsEntry("label", "交易记录");
        assertThat(tables.askNewest("data-retention", "dataSet", "orders")).containsEntry("label", "全部交易");
    }

    @Test
    @DisplayName("a request without a process is answered by the newest table")
    void aRequestWithoutAProcessIsAnsweredByTheNewest() {
        String request = requests.open("account-deregistration", "acct-10001", "instance", null)
                .orElseThrow();

        journey.deployed("data-retention", "\"交易记录\"", "\"全部交易\"");

        assertThat(tables.ask(request, "data-retention", "dataSet", "orders")).containsEntry("label", "全部交易");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @DisplayName("a row that the code no longer takes, or can't read, gives way to that of the newest table")
    void aRowThatTheCodeNoLongerTakesGivesWay(boolean readable) {
        String request = started();
        journey.deployed("data-retention", "\"交易记录\"", "\"全部交易\"");
        TableContract stricter = mock(TableContract.class);
        when(stricter.table()).thenReturn("data-retention");
        when(stricter.objection("orders", tables.ask(request, "data-retention", "dataSet", "orders")))
                .thenAnswer(call -> {
                    if (!readable) {
                        throw new ClassCastException("of a column");
                    }
                    return Optional.of(Sentence.plain("no longer"));
                });
        StaticListableBeanFactory contracts = new StaticListableBeanFactory(Map.of("stricter", stricter));

        DecisionTables upgraded =
                new DecisionTables(decisions, repository, requests, contracts.getBeanProvider(TableContract.class));

        assertThat(upgraded.ask(request, "data-retention", "dataSet", "orders")).containsEntry("label", "全部交易");
    }

    @Test
    @DisplayName("a row of the newest table that the code does not take is an error as well")
    void aNewestRowThatTheCodeDoesNotTakeIsAnError() {
        TableContract stricter = mock(TableContract.class);
        when(stricter.table()).thenReturn("data-retention");
        when(stricter.objection(eq("orders"), any())).thenReturn(Optional.of(Sentence.plain("no longer")));
        StaticListableBeanFactory contracts = new StaticListableBeanFactory(Map.of("stricter", stricter));

        DecisionTables upgraded =
                new DecisionTables(decisions, repository, requests, contracts.getBeanProvider(TableContract.class));

        assertThatThrownBy(() -> upgraded.askNewest("data-retention", "dataSet", "orders"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("data-retention has a row for orders that the code does not accept");
    }

    @Test
    @DisplayName("what no row answers, or two, is an error and no default")
    void whatNoRowAnswersIsAnError() {
        assertThatThrownBy(() -> tables.ask(started(), "data-retention", "dataSet", "coupons"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("data-retention has 0 rows for coupons");
    }

    private String started() {
        journey.start("account-deregistration", "acct-10001");
        return rows.text("select id from holder_request");
    }
}
