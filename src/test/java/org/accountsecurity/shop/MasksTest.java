package org.accountsecurity.shop;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MasksTest {

    @ParameterizedTest
    @DisplayName("an address is shown so that its holder knows it and nobody else can use it")
    @CsvSource(
            quoteCharacter = '\'',
            value = {
                "13800138001, 138****8001",
                "+85291234567, +852****4567",
                "12345, ****2345",
                "demo@example.com, d***@example.com",
                "\"zhang@home\"@example.com, \"***@example.com",
                "\"a b@c@d\"@example.com, \"***@example.com",
                "😀zhang@example.com, 😀***@example.com",
                "𠮷野@example.com, 𠮷***@example.com",
                "😀😀😀😀😀, ****😀😀😀😀"
            })
    void anAddressIsShown(String address, String shown) {
        assertThat(Masks.mask(address)).isEqualTo(shown);
    }
}
