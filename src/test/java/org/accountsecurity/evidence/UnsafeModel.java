package org.accountsecurity.evidence;

import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.accountsecurity.engine.guard.ModelEdit;

/** The shipped files with an edit that no guard should have let through. */
record UnsafeModel(String kind, String name, String process, Shop shop, Consumer<ModelEdit> edit) {

    private static final Pattern PICTURE = Pattern.compile("(?s)<bpmndi:BPMNDiagram.*</bpmndi:BPMNDiagram>");

    /** Without the pictures, which name what an edit may have removed. */
    Map<String, String> files() {
        ModelEdit files = new ModelEdit();
        edit.accept(files);
        Map<String, String> texts = files.texts();
        texts.replaceAll((name, text) -> PICTURE.matcher(text).replaceFirst(""));
        return texts;
    }

    /** Whether its holder withdraws after the confirmation and not in its place. */
    boolean takenBackAfterwards() {
        return kind.contains("afterwards") || !policy(files(), "COOLING_OFF").isZero();
    }

    /** What the table of these files says of a time. */
    static Duration policy(Map<String, String> files, String row) {
        Matcher duration = Pattern.compile("(?s)\"" + row + "\".*?<outputEntry[^>]*>\\s*<text>\"([^\"]+)\"")
                .matcher(files.get("deregistration-policy.dmn"));
        if (!duration.find()) {
            throw new AssertionError("the table has no " + row);
        }
        return Duration.parse(duration.group(1));
    }

    @Override
    public String toString() {
        return kind + ": " + name;
    }
}
