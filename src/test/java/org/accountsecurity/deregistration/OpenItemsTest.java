package org.accountsecurity.deregistration;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.accountsecurity.ApplicationTest;
import org.accountsecurity.Journey;
import org.accountsecurity.deregistration.erasure.OneDataSet;
import org.accountsecurity.request.HolderRequests;
import org.accountsecurity.shop.OpenItem;
import org.camunda.bpm.engine.DecisionService;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@ApplicationTest
class OpenItemsTest {

    @Autowired
    Journey journey;

    @Autowired
    HolderRequests requests;

    @Autowired
    DecisionService decisions;

    @Autowired
    JdbcClient jdbc;

    @Test
    @DisplayName(
            "a data set that no task of the process asks is asked all the same, and its items go once they are settled")
    void aDataSetWithoutATaskIsAskedToo() {
        journey.start("account-deregistration", "acct-10001");
        String request =
                jdbc.sql("select id from holder_request").query(String.class).single();
        OneDataSet coupons = new OneDataSet("coupons");
        coupons.openItems = List.of(new OpenItem("WALLET_BALANCE", "c-1", "礼品卡余额", 500));
        OpenItems openItems = new OpenItems(coupons.catalogue(), requests, decisions, jdbc);

        openItems.checkAllBut(Set.of("orders", "wallet"), request);
        assertThat(openItems.blockers(request)).extracting(Blocker::dataSet).containsExactly("coupons");

        coupons.openItems = List.of();
        openItems.checkAllBut(Set.of("orders", "wallet"), request);
        assertThat(openItems.blockers(request)).isEmpty();
    }
}
