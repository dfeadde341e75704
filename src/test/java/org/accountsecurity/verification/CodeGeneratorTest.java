package org.accountsecurity.verification;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.accountsecurity.crypto.CryptoSettings;
import org.accountsecurity.crypto.KeyedHash;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CodeGeneratorTest {

    private final CodeGenerator generator =
            new CodeGenerator(new KeyedHash(new CryptoSettings("a secret of this test, thirty-two and more", null)));

    @Test
    @DisplayName("the same code is derived again, so that none need be stored")
    void theSameCodeIsDerivedAgain() {
        String code = generator.code("v-1", Purpose.DEREGISTRATION, "13800138001", 1, "A1", 6);

        assertThat(generator.code("v-1", Purpose.DEREGISTRATION, "13800138001", 1, "A1", 6))
                .isEqualTo(code)
                .matches("\\d{6}");
    }

    @ParameterizedTest
    @DisplayName("another verification, purpose, target, account version or serial is another code")
    @CsvSource({
        "v-2, DEREGISTRATION,  13800138001, 1, A1",
        "v-1, PHONE_UNBINDING, 13800138001, 1, A1",
        "v-1, DEREGISTRATION,  13800138002, 1, A1",
        "v-1, DEREGISTRATION,  13800138001, 2, A1",
        "v-1, DEREGISTRATION,  13800138001, 1, B2"
    })
    void anythingElseIsAnotherCode(String verification, Purpose purpose, String target, long version, String serial) {
        assertThat(generator.code(verification, purpose, target, version, serial, 9))
                .isNotEqualTo(generator.code("v-1", Purpose.DEREGISTRATION, "13800138001", 1, "A1", 9));
    }

    @Test
    @DisplayName("another secret derives other codes and other hashes of addresses")
    void anotherSecretDerivesOtherCodes() {
        CodeGenerator other = new CodeGenerator(
                new KeyedHash(new CryptoSettings("another secret of this test, thirty-two and more", null)));

        assertThat(other.code("v-1", Purpose.NEW_PHONE, "13800138001", 1, "A1", 9))
                .isNotEqualTo(generator.code("v-1", Purpose.NEW_PHONE, "13800138001", 1, "A1", 9));
        assertThat(other.hash("13800138001")).isNotEqualTo(generator.hash("13800138001"));
    }

    @Test
    @DisplayName("leading zeros are kept, and no first digit is preferred")
    void codesAreEvenlySpread() {
        int codes = 20_000;
        Map<Character, Integer> firstDigits = new HashMap<>();

        for (int i = 0; i < codes; i++) {
            String code = generator.code("v-" + i, Purpose.DEREGISTRATION, "13800138001", 1, "A1", 6);
            assertThat(code).hasSize(6);
            firstDigits.merge(code.charAt(0), 1, Integer::sum);
        }

        assertThat(firstDigits)
                .hasSize(10)
                .allSatisfy((digit, count) -> assertThat(count).isBetween(codes / 10 - 200, codes / 10 + 200));
    }

    @ParameterizedTest
    @DisplayName("a code is of the same plain digits wherever the server stands")
    @ValueSource(strings = {"ar-EG", "fa-IR", "th-TH-u-nu-thai", "zh-CN"})
    void aCodeIsOfPlainDigits(String locale) {
        Locale before = Locale.getDefault(Locale.Category.FORMAT);
        try {
            Locale.setDefault(Locale.Category.FORMAT, Locale.forLanguageTag(locale));

            assertThat(generator.code("v-1", Purpose.DEREGISTRATION, "13800138001", 1, "A1", 6))
                    .matches("[0-9]{6}");
        } finally {
            Locale.setDefault(Locale.Category.FORMAT, before);
        }
    }

    @Test
    @DisplayName("only the same digits are equal")
    void onlyTheSameDigitsAreEqual() {
        assertThat(CodeGenerator.equal("012345", "012345")).isTrue();
        assertThat(CodeGenerator.equal("012345", "12345")).isFalse();
        assertThat(CodeGenerator.equal("012345", "012346")).isFalse();
        assertThat(CodeGenerator.equal("012345", "")).isFalse();
    }
}
