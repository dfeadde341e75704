package org.accountsecurity.shop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class PhoneNumbersTest {

    private final PhoneNumbers mainland = new PhoneNumbers(new PhoneSettings(List.of("CN")));

    @ParameterizedTest
    @DisplayName("a mainland mobile number is stored as eleven digits, however it is typed")
    @ValueSource(
            strings = {
                "13900139004",
                "+8613900139004",
                "008613900139004",
                "+86 139 0013 9004",
                "139-0013-9004",
                " 139 0013 9004 ",
                "１３９００１３９００４",
                "(139) 0013-9004",
                "\u202d139\u00a00013\u00a09004\u202c",
                "139.0013.9004",
                "139·0013·9004",
                "＋８６－１３９－００１３－９００４",
                "139\u20110013\u22129004\ufeff",
                "١٣٩٠٠١٣٩٠٠٤"
            })
    void aMobileNumberIsStoredAsElevenDigits(String typed) {
        assertThat(mainland.mobile(typed)).contains("13900139004");
    }

    @ParameterizedTest
    @NullAndEmptySource
    @DisplayName("anything else is none")
    @ValueSource(
            strings = {
                "1390013900",
                "139001390044",
                "010-62345678",
                "02162345678",
                "12345",
                "110",
                "+12025550123",
                "+85291234567",
                "13900139004x",
                "13900139004 转 1",
                "13900139004;ext=5",
                "tel:13900139004",
                "一三九",
                "${1}",
                "13900139004\n13800138005"
            })
    void anythingElseIsNone(String typed) {
        assertThat(mainland.mobile(typed)).isEmpty();
    }

    @ParameterizedTest
    @DisplayName("other regions may be configured, and are stored as E.164")
    @CsvSource({"+852 9123 4567, +85291234567", "139 0013 9004, 13900139004"})
    void otherRegionsMayBeConfigured(String typed, String stored) {
        assertThat(new PhoneNumbers(new PhoneSettings(List.of("CN", "HK"))).mobile(typed))
                .contains(stored);
    }
}
