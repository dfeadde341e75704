package org.accountsecurity.text;

import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A sentence that is made now and read later, by people whose language is not known yet.
 *
 * @param key in the messages; the text itself where there are no parameters to it
 * @param parameters by name; null for a text that is the same in all languages, such as a name
 */
public record Sentence(String key, Map<String, Sentence> parameters) {

    private static final Pattern BREAKS = Pattern.compile("[\\s\\p{Z}\\p{Cc}]+");

    /** @param parameters names and values in turn; values may be sentences and collections of them */
    public static Sentence of(String key, Object... parameters) {
        Map<String, Sentence> values = new TreeMap<>();
        for (int i = 0; i < parameters.length; i += 2) {
            values.put(String.valueOf(parameters[i]), value(parameters[i + 1]));
        }
        return new Sentence(key, values);
    }

    /** A text that is the same in all languages, on one line whatever it says. */
    public static Sentence plain(String text) {
        return new Sentence(BREAKS.matcher(text).replaceAll(" "), null);
    }

    private static Sentence value(Object value) {
        if (value instanceof Collection<?> list) {
            return list.stream()
                    .map(Sentence::value)
                    .reduce((first, next) -> of("sentence.list", "first", first, "next", next))
                    .orElseGet(() -> plain(""));
        }
        return value instanceof Sentence sentence ? sentence : plain(String.valueOf(value));
    }

    /** In the language of this thread. */
    @Override
    public String toString() {
        return parameters == null
                ? key
                : Messages.text(
                        key,
                        parameters.entrySet().stream()
                                .collect(Collectors.toMap(
                                        Map.Entry::getKey,
                                        parameter -> parameter.getValue().toString())));
    }
}
