package org.accountsecurity.deregistration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.mock;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.accountsecurity.deregistration.erasure.OneDataSet;
import org.accountsecurity.shop.AccountStatus;
import org.accountsecurity.shop.DataSetFailedException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.TransactionTemplate;

/** A remote data set is held for the commit point, and released whenever the account does not close. */
class HoldTest extends ClosingTest {

    /** Held in the place of the shop's own. */
    private final OneDataSet remote = new OneDataSet("favourites");

    private AccountClosing closing;
    private String request;

    @BeforeEach
    void verified() {
        request = said();
        remote.remote = true;
        closing = closing(Map.of());
    }

    private AccountClosing closing(Map<String, Object> others) {
        Map<String, Object> beans = new HashMap<>(others);
        beans.put("dataSetCatalogue", remote.catalogue());
        return with(beans).getBean(AccountClosing.class);
    }

    @Test
    @DisplayName("an account that closes stays held")
    void anAccountThatClosesStaysHeld() {
        inTransaction(status -> {});

        assertThat(remote.onHold).isTrue();
    }

    @Test
    @DisplayName("an account that is not ready is released")
    void anAccountThatIsNotReadyIsReleased() {
        rows.update("update account set version = version + 1 where id = 'acct-10001'");

        assertThatThrownBy(() -> inTransaction(status -> {})).hasCauseInstanceOf(NotReadyToCloseException.class);

        assertThat(remote.holds).isOne();
        assertThat(remote.onHold).isFalse();
    }

    @Test
    @DisplayName("an account whose closing is rolled back is released")
    void anAccountWhoseClosingIsRolledBackIsReleased() {
        inTransaction(TransactionStatus::setRollbackOnly);

        assertThat(remote.holds).isOne();
        assertThat(remote.onHold).isFalse();
    }

    @Test
    @DisplayName("a data set that can't be held now keeps the account open, and its holder reads what to do")
    void aDataSetThatCannotBeHeld() {
        remote.failure = new DataSetFailedException("remote", "answered 503");

        assertThatThrownBy(() -> inTransaction(status -> {})).hasMessage("data set remote: answered 503");

        assertThat(status()).isEqualTo(AccountStatus.ACTIVE);
    }

    @Test
    @DisplayName("situation 2: an account that owes does not close, even if its open items are let pass")
    void situation02AnAccountThatOwesDoesNotClose() {
        rows.update("update wallet set balance_fen = 3990 where account_id = 'acct-10001'");
        closing = closing(Map.of("openItems", mock(OpenItems.class)));

        assertThatThrownBy(() -> inTransaction(status -> {}))
                .rootCause()
                .isInstanceOf(NotReadyToCloseException.class)
                .hasMessageContaining("未结清");

        assertThat(status()).isEqualTo(AccountStatus.ACTIVE);
    }

    private void inTransaction(Consumer<TransactionStatus> afterwards) {
        new TransactionTemplate(transactions).executeWithoutResult(status -> {
            try {
                closing.close(request);
            } catch (NotReadyToCloseException e) {
                throw new IllegalStateException(e);
            }
            afterwards.accept(status);
        });
    }
}
