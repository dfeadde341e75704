package org.accountsecurity.deregistration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.accountsecurity.crypto.KeyedHash;
import org.accountsecurity.deregistration.erasure.OneDataSet;
import org.accountsecurity.policy.DecisionTables;
import org.accountsecurity.request.HolderRequests;
import org.accountsecurity.shop.OpenItem;
import org.accountsecurity.testing.Journey;
import org.accountsecurity.testing.JourneyTest;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.spin.json.SpinJsonNode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.support.TransactionTemplate;

/** How much a data set may have open, at the edge and beyond it. */
class OpenItemLimitsTest extends JourneyTest {

    private static final String HOLDER = "acct-10001";
    private static final String RESOLVE = "UserTask_ResolveOpenItems";

    @Autowired
    HolderRequests requests;

    @Autowired
    DecisionTables tables;

    @Autowired
    KeyedHash keyedHash;

    @Autowired
    TransactionTemplate transaction;

    private final OneDataSet coupons = new OneDataSet("coupons");
    private OpenItems openItems;

    @BeforeEach
    void aDataSet() {
        openItems = new OpenItems(coupons.catalogue(), requests, tables, keyedHash, jdbc);
    }

    @ParameterizedTest
    @DisplayName("what is as long as its limit is kept as it is, on every database")
    @ValueSource(strings = {"A", "订", "🎁"})
    void whatIsAsLongAsItsLimitIsKept(String character) {
        OpenItem item = new OpenItem(
                character.repeat(OpenItem.KIND_LENGTH),
                character.repeat(OpenItem.REFERENCE_LENGTH),
                character.repeat(OpenItem.LABEL_LENGTH),
                Long.MIN_VALUE);
        coupons.openItems = List.of(item);

        String request = check();

        assertThat(jdbc.sql("select kind, reference, label, amount_fen from open_item where request_id = ?")
                        .param(request)
                        .query(OpenItem.class)
                        .list())
                .containsExactly(item);
    }

    @Test
    @DisplayName("two items with one reference are refused: who ticked one would have ticked both")
    void twoItemsWithOneReferenceAreRefused() {
        coupons.openItems =
                List.of(new OpenItem("SUBSCRIPTION", "sub-81", "订阅甲", 0), new OpenItem("COUPON", "sub-81", "券乙", 0));

        assertThatThrownBy(this::check).hasMessage("data set coupons: two open items have the same reference");
        assertThat(rows.count("open_item")).isZero();
    }

    @Test
    @DisplayName("a thousand open items are taken, and not one more")
    void aThousandOpenItemsAreTaken() {
        coupons.openItems = items(OpenItems.MOST);
        String request = check();
        assertThat(rows.number("select count(*) from open_item where request_id = ?", request))
                .isEqualTo(1_000);
        requests.end(request, "end");

        coupons.openItems = items(OpenItems.MOST + 1);
        assertThatThrownBy(this::check).hasMessage("data set coupons: it has more than 1000 open items");
    }

    @ParameterizedTest
    @DisplayName("as many boxes may be ticked as are offered")
    @ValueSource(ints = {100, 101, 500})
    void asManyBoxesMayBeTickedAsAreOffered(int ticked) {
        for (int i = 0; i < 500; i++) {
            rows.update(
                    "insert into subscription (id, account_id, plan, status) values (?, ?, '月卡', 'ACTIVE')",
                    "sub-" + i,
                    HOLDER);
        }
        ProcessInstance request = journey.start("account-deregistration", HOLDER);
        List<String> offered = ((SpinJsonNode) journey.shown(request, RESOLVE, "settleable"))
                .elements().stream()
                        .map(option -> option.prop("value").stringValue())
                        .toList();
        assertThat(offered).hasSize(500);

        journey.submit(request, RESOLVE, "choice", "SETTLE", "settle", Journey.json(offered.subList(0, ticked)));

        assertThat(jdbc.sql("select count(*) from subscription where account_id = ? and status = 'ACTIVE'")
                        .param(HOLDER)
                        .query(Integer.class)
                        .single())
                .isEqualTo(500 - ticked);
    }

    private static List<OpenItem> items(int number) {
        return IntStream.range(0, number)
                .mapToObj(i -> new OpenItem("SUBSCRIPTION", "sub-" + i, "订阅", 0))
                .toList();
    }

    private String check() {
        return transaction.execute(status -> {
            String request = requests.open(
                            "account-deregistration", HOLDER, UUID.randomUUID().toString(), null)
                    .orElseThrow();
            openItems.check(request, "coupons");
            return request;
        });
    }
}
