package org.accountsecurity.shop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OpenItemTest {

    @ParameterizedTest
    @DisplayName("kind and reference may be as long as their limit, in characters of any size, and not longer")
    @ValueSource(strings = {"A", "订", "🎁"})
    void keysMayBeAsLongAsTheirLimit(String character) {
        String kind = character.repeat(OpenItem.KIND_LENGTH);
        String reference = character.repeat(OpenItem.REFERENCE_LENGTH);

        assertThat(new OpenItem(kind, reference, "订阅", 0).kind()).isEqualTo(kind);
        assertThat(new OpenItem(kind, reference, "订阅", 0).reference()).isEqualTo(reference);
        assertThatThrownBy(() -> new OpenItem(kind + character, reference, "订阅", 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("the kind of an open item has to be 1 to 64 characters");
        assertThatThrownBy(() -> new OpenItem(kind, reference + character, "订阅", 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("the reference of an open item has to be 1 to 100 characters");
    }

    @ParameterizedTest
    @DisplayName("a key that a database would change or refuse is refused")
    @ValueSource(strings = {"", " ", "a\u0000", "a\n", "\ud83c", "a\udf81"})
    void aKeyThatADatabaseWouldChangeIsRefused(String key) {
        assertThatThrownBy(() -> new OpenItem(key, "r", "订阅", 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new OpenItem("A", key, "订阅", 0)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @DisplayName("a label that is too long is cut between two characters, and one that is not stays as it is")
    @ValueSource(strings = {"A", "订", "🎁"})
    void aLabelThatIsTooLongIsCut(String character) {
        String longest = character.repeat(OpenItem.LABEL_LENGTH);

        assertThat(label(longest)).isEqualTo(longest);
        assertThat(label(longest + character)).isEqualTo(character.repeat(OpenItem.LABEL_LENGTH - 1) + "…");
        assertThat(label(longest.repeat(100))).isEqualTo(character.repeat(OpenItem.LABEL_LENGTH - 1) + "…");
    }

    @Test
    @DisplayName("of a label what can't be shown becomes a blank, and one of blanks alone is refused")
    void whatCantBeShownBecomesABlank() {
        assertThat(label("订阅\u0000：\n省钱\ud83c月卡\t")).isEqualTo("订阅 ： 省钱 月卡");
        assertThatThrownBy(() -> label(" \u0000\n")).isInstanceOf(IllegalArgumentException.class);
    }

    private static String label(String label) {
        return new OpenItem("SUBSCRIPTION", "sub-81", label, 0).label();
    }
}
