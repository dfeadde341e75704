package org.accountsecurity.engine.guard;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.accountsecurity.testing.Modeler;

/** The shipped files, and what somebody does to them in a text editor or in Modeler. */
public final class ModelEdit {

    private final Map<String, String> files = Modeler.everythingWith("account-deregistration.bpmn");

    public Map<String, byte[]> files() {
        return files.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, file -> file.getValue().getBytes(StandardCharsets.UTF_8)));
    }

    public Map<String, String> texts() {
        return files;
    }

    public ModelEdit replace(String file, String text, String otherwise) {
        if (!files.get(file).contains(text)) {
            throw new AssertionError(file + " has no " + text);
        }
        files.put(file, files.get(file).replace(text, otherwise));
        return this;
    }

    public ModelEdit replaceAll(String file, String pattern, String otherwise) {
        String changed = files.get(file).replaceAll(pattern, otherwise);
        if (changed.equals(files.get(file))) {
            throw new AssertionError(file + " has no " + pattern);
        }
        files.put(file, changed);
        return this;
    }

    /** Adds a form that is made from a shipped one. */
    public ModelEdit form(String id, String from, UnaryOperator<String> change) {
        files.put(id + ".form", change.apply(files.get(from + ".form")).replace("\"" + from + "\"", "\"" + id + "\""));
        return this;
    }

    public ModelEdit remove(String file) {
        if (files.remove(file) == null) {
            throw new AssertionError("there is no " + file);
        }
        return this;
    }

    public ModelEdit removeAllBut(String file) {
        files.keySet().retainAll(Set.of(file));
        return this;
    }

    /** Lets a flow go elsewhere. */
    public ModelEdit redirect(String process, String flow, String target) {
        return change(process, flow, "targetRef=\"[^\"]*\"", "targetRef=\"" + target + "\"");
    }

    /** Changes what the opening tag of an element says. */
    public ModelEdit change(String process, String element, String pattern, String otherwise) {
        String file = process + ".bpmn";
        Matcher tag = Pattern.compile("<bpmn:\\w+ id=\"" + element + "\"[^>]*>").matcher(files.get(file));
        if (!tag.find()) {
            throw new AssertionError(process + " has no " + element);
        }
        String changed = tag.group().replaceFirst(pattern, Matcher.quoteReplacement(otherwise));
        if (changed.equals(tag.group())) {
            throw new AssertionError(element + " has no " + pattern);
        }
        files.put(file, files.get(file).replace(tag.group(), changed));
        return this;
    }

    /** Removes an element with all that is in it, and its picture. */
    public ModelEdit drop(String process, String element) {
        String file = process + ".bpmn";
        String without = files.get(file)
                .replaceFirst("(?s)\\s*<bpmn:(\\w+) id=\"" + element + "\"(?:[^>]*/>|[^>]*>.*?</bpmn:\\1>)", "")
                .replaceFirst("(?s)\\s*<bpmndi:BPMN(\\w+) id=\"" + element + "_di\".*?</bpmndi:BPMN\\1>", "");
        if (without.equals(files.get(file))) {
            throw new AssertionError(process + " has no " + element);
        }
        files.put(file, without);
        return this;
    }

    /** Adds elements before another one, in the same scope. */
    public ModelEdit addBefore(String process, String element, String xml) {
        return replaceAll(
                process + ".bpmn", "(<bpmn:\\w+ id=\"" + element + "\")", Matcher.quoteReplacement(xml) + "$1");
    }

    /** Adds elements at the end of the process. */
    public ModelEdit add(String process, String xml) {
        return replace(process + ".bpmn", "  </bpmn:process>", xml + "\n  </bpmn:process>");
    }
}
