package org.accountsecurity.engine.form;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** Values as form-js 1.8.7 has to get them so that people read them as they are. */
final class ShownText {

    /** What means something in Markdown or HTML; a colon does in an address. */
    private static final Pattern PUNCTUATION = Pattern.compile("[\\p{Punct}&&[^/:,;?%]]|:(?=/)");

    private static final Pattern FEEL = Pattern.compile("\\{|^=");
    private static final String LABEL = "label";

    private ShownText() {}

    /** In a text, which is read as Markdown, and as HTML within that. */
    static String inMarkdown(String value) {
        return PUNCTUATION.matcher(value).replaceAll("\\\\$0");
    }

    /** Of options and rows; of those the labels alone are read as templates. */
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
