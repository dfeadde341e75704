package org.accountsecurity.engine.form;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** Escapes values for form-js 1.8.7, so that people read them unchanged. */
final class ShownText {

    /** Characters with a meaning in Markdown or HTML; a colon has one in an address. */
    private static final Pattern PUNCTUATION = Pattern.compile("[\\p{Punct}&&[^/:,;?%]]|:(?=/)");

    private static final Pattern FEEL = Pattern.compile("\\{|^=");
    private static final String LABEL = "label";

    private ShownText() {}

    /** For a text, which is rendered as Markdown and HTML. */
    static String inMarkdown(String value) {
        return PUNCTUATION.matcher(value).replaceAll("\\\\$0");
    }

    /** For options and table rows; form-js renders their labels as templates. */
    static Object inOptions(Collection<?> values) {
        return values.stream().map(ShownText::option).toList();
    }

    private static Object option(Object option) {
        if (option instanceof Map<?, ?> map && map.get(LABEL) instanceof String label) {
            Map<Object, Object> shown = new HashMap<>(map);
            shown.put(LABEL, FEEL.matcher(label).replaceAll("{{\"$0\"}}"));
            return shown;
        }
        return option;
    }
}
