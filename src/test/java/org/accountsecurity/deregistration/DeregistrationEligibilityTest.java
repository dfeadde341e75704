package org.accountsecurity.deregistration;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.accountsecurity.testing.DecisionTable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeregistrationEligibilityTest {

    private final EligibilityContract contract = new EligibilityContract();
    private final DecisionTable table = new DecisionTable(contract.table());

    @ParameterizedTest
    @DisplayName("each kind of open item blocks or not, is settled by somebody and has a remedy")
    @CsvSource(
            delimiter = '|',
            value = {
                "UNPAID_ORDER      | true  | HOLDER  | 请在“我的订单”中付款或取消订单",
                "ORDER_IN_DELIVERY | true  | HOLDER  | 请在收到商品后确认收货",
                "WALLET_BALANCE    | true  | HOLDER  | 请在“我的钱包”中提现",
                "SUBSCRIPTION      | true  | PROCESS | 勾选后由我们代为取消",
                "LINKED_LOGIN      | true  | PROCESS | 勾选后由我们代为解绑",
                "LAST_LOGIN        | false | PROCESS | 关闭账户时一并解绑"
            })
    void eachKindIsDecided(String kind, boolean blocks, SettledBy settledBy, String remedy) {
        List<Map<String, Object>> rows = table.decide("kind", kind);

        assertThat(rows).containsExactly(Map.of("blocks", blocks, "settledBy", settledBy.name(), "remedy", remedy));
    }

    @ParameterizedTest
    @DisplayName("there is no objection to what is shipped, and what is owed, or unknown, can't be let pass")
    @CsvSource({
        "UNPAID_ORDER, true",
        "ORDER_IN_DELIVERY, true",
        "WALLET_BALANCE, true",
        "SUBSCRIPTION, true",
        "(OTHER), true",
        "LINKED_LOGIN, false",
        "LAST_LOGIN, false"
    })
    void whatIsOwedCantBeLetPass(String kind, boolean owed) {
        Map<String, Object> row =
                new HashMap<>(table.decide(contract.input(), kind).get(0));
        assertThat(contract.asked()).contains(kind);
        assertThat(contract.objection(kind, row)).isEmpty();

        row.put("blocks", false);
        assertThat(contract.objection(kind, row).isPresent()).isEqualTo(owed);
        row.put("blocks", true);
        row.put("remedy", " ");
        assertThat(contract.objection(kind, row)).isPresent();
        row.remove("remedy");
        assertThat(contract.objection(kind, row)).isPresent();
    }

    @ParameterizedTest
    @CsvSource({"SOMETHING_NEW", "unpaid_order", "''"})
    @DisplayName("a kind that nobody has decided on blocks, and the shop has to act")
    void aKindThatNobodyHasDecidedOnBlocks(String kind) {
        List<Map<String, Object>> rows = table.decide("kind", kind);

        assertThat(rows).singleElement().satisfies(row -> {
            assertThat(row).containsEntry("blocks", true).containsEntry("settledBy", "SHOP");
            assertThat((String) row.get("remedy")).isNotBlank();
        });
    }
}
