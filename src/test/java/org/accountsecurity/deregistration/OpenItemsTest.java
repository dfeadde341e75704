package org.accountsecurity.deregistration;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.accountsecurity.crypto.KeyedHash;
import org.accountsecurity.deregistration.erasure.OneDataSet;
import org.accountsecurity.policy.DecisionTables;
import org.accountsecurity.request.HolderRequests;
import org.accountsecurity.shop.OpenItem;
import org.accountsecurity.testing.JourneyTest;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class OpenItemsTest extends JourneyTest {

    @Autowired
    HolderRequests requests;

    @Autowired
    DecisionTables tables;

    @Autowired
    KeyedHash keyedHash;

    @Test
    @DisplayName(
            "a data set that no task of the process asks is asked all the same, and its items go once they are settled")
    void aDataSetWithoutATaskIsAskedToo() {
        journey.start("account-deregistration", "acct-10001");
        String request = rows.text("select id from holder_request");
        OneDataSet coupons = new OneDataSet("coupons");
        coupons.openItems = List.of(new OpenItem("WALLET_BALANCE", "c-1", "礼品卡余额", 500));
        OpenItems openItems = new OpenItems(coupons.catalogue(), requests, tables, keyedHash, jdbc);

        openItems.checkRemaining(request, Set.of("orders", "wallet"));
        assertThat(openItems.blockers(request)).extracting(Blocker::dataSet).containsExactly("coupons");

        coupons.openItems = List.of();
        openItems.checkRemaining(request, Set.of("orders", "wallet"));
        assertThat(openItems.blockers(request)).isEmpty();
    }

    @Test
    @DisplayName("what the holder ticked is what is settled, whatever has come or gone since the form was shown")
    void whatTheHolderTickedIsSettled() {
        journey.start("account-deregistration", "acct-10001");
        String request = rows.text("select id from holder_request");
        OneDataSet plans = new OneDataSet("plans");
        OpenItem first = new OpenItem("SUBSCRIPTION", "plan-a", "甲", 0);
        OpenItem second = new OpenItem("SUBSCRIPTION", "plan-b", "乙", 0);
        plans.openItems = List.of(first, second);
        OpenItems openItems = new OpenItems(plans.catalogue(), requests, tables, keyedHash, jdbc);
        openItems.checkAll(request);
        String ticked = openItems.blockers(request).stream()
                .filter(blocker -> blocker.item().reference().equals("plan-a"))
                .map(Blocker::key)
                .findFirst()
                .orElseThrow();

        plans.openItems = List.of(second);
        openItems.checkAll(request);
        openItems.settle(request, List.of(ticked));

        assertThat(plans.settled).isEmpty();
    }
}
