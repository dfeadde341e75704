package org.accountsecurity.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.accountsecurity.shop.AccountStatus;
import org.accountsecurity.shop.Accounts;
import org.accountsecurity.testing.Journey;
import org.accountsecurity.testing.JourneyTest;
import org.accountsecurity.testing.RetiredConnections;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.spin.json.SpinJsonNode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** Both processes, half an hour after the start. */
class RetiredConnectionsTest extends JourneyTest {

    @Autowired
    ApplicationContext context;

    @Autowired
    Accounts accounts;

    @BeforeEach
    void theFirstConnectionsAreGone() {
        RetiredConnections.retire(context);
    }

    @Test
    @DisplayName("an account is closed when the connections of the start are gone")
    void anAccountIsClosed() {
        ProcessInstance request = journey.confirmed("acct-10001", "13800138001");
        journey.erase(request);
        journey.submit(request, "UserTask_AcknowledgeResult");

        assertThat(accounts.find("acct-10001").orElseThrow().status()).isEqualTo(AccountStatus.CLOSED);
    }

    @Test
    @DisplayName("what is open is settled for its holder when the connections of the start are gone")
    void whatIsOpenIsSettled() {
        ProcessInstance request = journey.start("account-deregistration", "acct-10003");
        SpinJsonNode settleable = (SpinJsonNode) journey.shown(request, "UserTask_ResolveOpenItems", "settleable");
        List<String> ticked = settleable.elements().stream()
                .map(option -> option.prop("value").stringValue())
                .toList();

        journey.submit(request, "UserTask_ResolveOpenItems", "choice", "SETTLE", "settle", Journey.json(ticked));

        assertThat(ticked).hasSize(2);
        assertThat(journey.waitsAt(request, "UserTask_ReadNotice")).isTrue();
    }

    @Test
    @DisplayName("a number is changed when the connections of the start are gone")
    void aNumberIsChanged() {
        journey.changed("acct-10004", "SMS", "13800138004", "13900139004");

        assertThat(accounts.findByLogin("13900139004")).isPresent();
        assertThat(accounts.findByLogin("13800138004")).isEmpty();
    }
}
