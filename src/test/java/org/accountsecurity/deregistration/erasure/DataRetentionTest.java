package org.accountsecurity.deregistration.erasure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.util.List;
import java.util.Map;
import org.accountsecurity.policy.DecisionTables;
import org.accountsecurity.policy.RetentionTable;
import org.accountsecurity.testing.DecisionTable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DataRetentionTest {

    private final DecisionTable table = new DecisionTable("data-retention");

    @ParameterizedTest
    @DisplayName("each data set has its treatment, period and law")
    @CsvSource(
            delimiter = '|',
            value = {
                "profile       | 个人资料（手机号、邮箱、昵称、密码） | ERASE     |     | 《个人信息保护法》第四十七条",
                "orders        | 交易记录                             | ANONYMISE | P3Y | 《电子商务法》第三十一条",
                "wallet        | 钱包                                 | ERASE     |     | 《个人信息保护法》第四十七条",
                "subscriptions | 订阅                                 | ERASE     |     | 《个人信息保护法》第四十七条",
                "linked-logins | 第三方登录                           | ERASE     |     | 《个人信息保护法》第四十七条",
                "favourites    | 收藏                                 | ERASE     |     | 《个人信息保护法》第四十七条",
                "addresses     | 收货地址                             | ERASE     |     | 《个人信息保护法》第四十七条"
            })
    void eachDataSetHasItsTreatment(String dataSet, String label, String treatment, String keepFor, String law) {
        List<Map<String, Object>> rows = table.decide("dataSet", dataSet);

        assertThat(rows).singleElement().satisfies(row -> {
            assertThat(row)
                    .containsEntry("label", label)
                    .containsEntry("treatment", treatment)
                    .containsEntry("law", law);
            assertThat(row.get("keepFor")).isEqualTo(keepFor);
        });
    }

    @Test
    @DisplayName("a data set without a row has no treatment")
    void aDataSetWithoutARowHasNoTreatment() {
        assertThat(table.decide("dataSet", "reviews")).isEmpty();
    }

    @ParameterizedTest
    @DisplayName("a row that says nothing clear, or what the data set can't do, stops the deregistration")
    @ValueSource(strings = {"", "erase", "KEEP", "ANONYMISE"})
    void aRowThatSaysNothingClearStopsIt(String treatment) {
        DecisionTables tables = mock(DecisionTables.class);
        when(tables.ask(any(), any(), any(), any()))
                .thenReturn(Map.of("label", "优惠券", "treatment", treatment, "law", "法"));
        RetentionTable retention = new RetentionTable(tables, new OneDataSet("coupons").catalogue());

        assertThatThrownBy(() -> retention.of("request", "coupons"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("coupons");
    }
}
