package org.accountsecurity.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class TypedTextTest {

    @ParameterizedTest
    @MethodSource("invisible")
    @DisplayName("what can't be seen is not there")
    void whatCantBeSeenIsNotThere(int character) {
        String unseen = Character.toString(character);

        assertThat(TypedText.plain(unseen + "adm" + unseen + "in" + unseen)).isEqualTo("admin");
        assertThat(TypedText.number("941" + unseen + "236")).isEqualTo("941236");
        assertThat(TypedText.mail("de" + unseen + "mo@example.com")).isEqualTo("demo@example.com");
    }

    static IntStream invisible() {
        return Stream.of(
                        IntStream.of(0, 0x1b, 0x7f, 0xad, 0xfeff),
                        IntStream.rangeClosed(0x200b, 0x200f),
                        IntStream.rangeClosed(0x202a, 0x202e),
                        IntStream.rangeClosed(0x2060, 0x2069))
                .flatMapToInt(range -> range);
    }

    @ParameterizedTest
    @DisplayName("a number has one spelling")
    @CsvSource({
        "'138 0013 8001', 13800138001",
        "１３８－００１３－８００１, 13800138001",
        "138\u20100013\u20148001, 13800138001",
        "138\u22120013ー8001, 13800138001",
        "138.0013·8001, 13800138001",
        "138。0013・8001, 13800138001",
        "138\u00a00013\u30008001, 13800138001",
        "'\t(138)（0013）8001\n', 13800138001",
        "＋８６ 138 0013 8001, +8613800138001",
        "٩٤١٢٣٦, 941236",
        "९४१२३६, 941236",
        "13800138001x, 13800138001x"
    })
    void aNumberHasOneSpelling(String typed, String number) {
        assertThat(TypedText.number(typed)).isEqualTo(number);
    }

    @ParameterizedTest
    @DisplayName("a mail address has one spelling, the same in every locale")
    @CsvSource({
        "Demo@Example.COM, demo@example.com",
        "IRIS@EXAMPLE.COM, iris@example.com",
        "ｄｅｍｏ＠ｅｘａｍｐｌｅ．ｃｏｍ, demo@example.com",
        "demo @example。com, demo@example.com",
        "李四-１@example.com, 李四-1@example.com",
        "ÄI@example.com, Äi@example.com"
    })
    void aMailAddressHasOneSpelling(String typed, String mail) {
        assertThat(TypedText.mail(typed)).isEqualTo(mail);
    }

    @Test
    @DisplayName("what is longer than anybody types does not grow")
    void whatIsLongerThanAnybodyTypesDoesNotGrow() {
        String ligatures = "\uFDFA".repeat(200_000);

        assertThat(TypedText.mail(ligatures)).hasSize(ligatures.length());
        assertThat(TypedText.number(ligatures)).hasSize(ligatures.length());
    }

    @ParameterizedTest
    @DisplayName("a text is cut between its characters")
    @CsvSource({"😀ab, 1, 😀, b", "a😀b, 2, a😀, 😀b", "ab😀, 1, a, 😀", "ab, 2, ab, ab", "a, 5, a, a", "ab, 0, '', ''"
    })
    void aTextIsCutBetweenItsCharacters(String text, int characters, String first, String last) {
        assertThat(Excerpt.first(text, characters)).isEqualTo(first);
        assertThat(Excerpt.last(text, characters)).isEqualTo(last);
    }
}
