package org.accountsecurity.rehearsal;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The settings in tables for which a diagram has two branches: a rehearsal walks both. */
final class Settings {

    /** The key of the sentence around what is found with the other settings. */
    static final String CHANGED = "rehearsal.changed-settings";

    private static final Setting COOLING_OFF =
            new Setting("deregistration-policy.dmn", "\"COOLING_OFF\"", "\"PT0S\"", "\"P2D\"");
    private static final Setting VERIFICATION =
            new Setting("verification-policy.dmn", "\"PHONE_UNBINDING\"", "true", "false");

    private Settings() {}

    /** The first output of a row. */
    private record Setting(String file, String row, String one, String other) {

        String change(String table) {
            Matcher rule = Pattern.compile("<inputEntry\\b[^>]*>\\s*<text>\\s*" + Pattern.quote(row)
                            + "\\s*</text>\\s*</inputEntry>\\s*<outputEntry\\b[^>]*>\\s*<text>([^<]*)</text>")
                    .matcher(table);
            return rule.find()
                    ? table.substring(0, rule.start(1))
                            + (rule.group(1).strip().equals(one) ? other : one)
                            + table.substring(rule.end(1))
                    : table;
        }
    }

    /** The same files with the other settings. */
    static Map<String, byte[]> changed(Map<String, byte[]> files) {
        Map<String, byte[]> changed = new TreeMap<>(files);
        for (Setting setting : new Setting[] {COOLING_OFF, VERIFICATION}) {
            changed.computeIfPresent(
                    setting.file(),
                    (name, content) -> setting.change(new String(content, StandardCharsets.UTF_8))
                            .getBytes(StandardCharsets.UTF_8));
        }
        return changed;
    }
}
