package org.accountsecurity.rehearsal;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Changes settings in decision tables on which diagrams branch, so that both branches are walked. */
final class ChangedSettings {

    /** The key of the sentence around what is found with the other settings. */
    static final String WHEN = "rehearsal.changed-settings";

    private static final Setting COOLING_OFF =
            new Setting("deregistration-policy.dmn", "\"COOLING_OFF\"", "\"PT0S\"", "\"P2D\"");
    private static final Setting VERIFICATION =
            new Setting("verification-policy.dmn", "\"PHONE_UNBINDING\"", "true", "false");

    private ChangedSettings() {}

    /** A setting in the first output of a row. */
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

    /** The files with the changed settings. */
    static Map<String, byte[]> in(Map<String, byte[]> files) {
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
