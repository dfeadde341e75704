package org.accountsecurity.text;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.context.i18n.LocaleContext;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.util.function.SingletonSupplier;

/**
 * The sentences that people read, from {@code messages_zh_CN.properties} and {@code messages_en.properties}, in the
 * language of the thread: that of the browser's request, Chinese where there is none.
 */
public final class Messages {

    public static final List<Locale> LANGUAGES = List.of(Locale.SIMPLIFIED_CHINESE, Locale.ENGLISH);

    private static final String BUNDLE = "messages";
    private static final Pattern PARAMETER = Pattern.compile("\\{([a-zA-Z]+)}");
    private static final ResourceBundle.Control EXACT =
            ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES);

    private Messages() {}

    /**
     * A sentence.
     *
     * @param parameters names and values in turn, for {@code {name}} in the sentence
     * @throws java.util.MissingResourceException if there is none with this key
     * @throws IllegalArgumentException if the sentence has a parameter that is not given
     */
    public static String text(String key, Object... parameters) {
        Map<String, String> values = new TreeMap<>();
        for (int i = 0; i < parameters.length; i += 2) {
            values.put(String.valueOf(parameters[i]), String.valueOf(parameters[i + 1]));
        }
        return text(key, values);
    }

    /** The same, with the parameters by name. */
    public static String text(String key, Map<String, String> parameters) {
        return PARAMETER
                .matcher(ResourceBundle.getBundle(BUNDLE, language(), EXACT).getString(key))
                .replaceAll(found -> Matcher.quoteReplacement(value(key, parameters, found)));
    }

    /** The sentence of a constant, see {@link #keyOf}. */
    public static String textOf(String key, Enum<?> constant, Object... parameters) {
        return text(keyOf(key, constant), parameters);
    }

    /** The key with the constant's name at its end, in small letters with hyphens. */
    public static String keyOf(String key, Enum<?> constant) {
        return key + constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static String value(String key, Map<String, String> parameters, MatchResult found) {
        String value = parameters.get(found.group(1));
        if (value == null) {
            throw new IllegalArgumentException("the sentence " + key + " needs " + found.group(1));
        }
        return value;
    }

    /**
     * What a model, a form or a table says, in the language of the thread. A translation counts only for the Chinese that it
     * was made from, which the Chinese messages have under the same key: what somebody has changed is shown as it is written.
     */
    public static String translated(String key, String original) {
        if (language().equals(Locale.SIMPLIFIED_CHINESE)) {
            return original;
        }
        ResourceBundle translations = ResourceBundle.getBundle(BUNDLE, language(), EXACT);
        ResourceBundle originals = ResourceBundle.getBundle(BUNDLE, Locale.SIMPLIFIED_CHINESE, EXACT);
        boolean known = originals.containsKey(key)
                && originals.getString(key).equals(original)
                && translations.containsKey(key);
        return known ? translations.getString(key) : original;
    }

    /** Does something in a language, whatever the thread speaks. */
    public static <T> T in(Locale language, Supplier<T> action) {
        return in((LocaleContext) () -> language, action);
    }

    /** The same, in a language that is looked for once, when the first sentence is said. */
    public static <T> T in(LocaleContext language, Supplier<T> action) {
        LocaleContext before = LocaleContextHolder.getLocaleContext();
        LocaleContextHolder.setLocaleContext(SingletonSupplier.of(language::getLocale)::get);
        try {
            return action.get();
        } finally {
            LocaleContextHolder.setLocaleContext(before);
        }
    }

    /** The same, of what answers nothing. */
    public static void run(LocaleContext language, Runnable action) {
        in(language, () -> {
            action.run();
            return null;
        });
    }

    /** Several words, which stand in one sentence with {@code |} between them. */
    public static List<String> list(String key) {
        return List.of(text(key).split("\\|"));
    }

    /** The keys of all sentences. */
    public static Set<String> keys() {
        return ResourceBundle.getBundle(BUNDLE, Locale.SIMPLIFIED_CHINESE, EXACT)
                .keySet();
    }

    /** Which of the languages that there are this thread speaks. */
    public static Locale language() {
        LocaleContext context = LocaleContextHolder.getLocaleContext();
        Locale asked = context == null ? null : context.getLocale();
        return asked != null && asked.getLanguage().equals(Locale.ENGLISH.getLanguage())
                ? Locale.ENGLISH
                : Locale.SIMPLIFIED_CHINESE;
    }
}
