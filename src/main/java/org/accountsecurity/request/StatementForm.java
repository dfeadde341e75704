package org.accountsecurity.request;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.accountsecurity.text.Messages;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * The named parts with which a form asks for a statement, as the release ships them, and the answers that make it.
 *
 * @param delegate the bean of the commit point that needs the statement, empty if none does
 * @param parts by their names
 * @param answers by the keys of the fields; without any, each submission makes the statement
 */
public record StatementForm(
        String process,
        Statement statement,
        String delegate,
        Map<String, JsonNode> parts,
        Map<String, String> answers) {

    private static final Pattern VALUE = Pattern.compile("\\{\\{\\s*([A-Za-z_]\\w*)\\s*}}");
    /** Attributes that place a component, and do not change its meaning. */
    private static final List<String> NOT_COMPARED = List.of("id", "layout", "properties");

    /** Whether these components of a form, its outermost, have all the parts among them. */
    public boolean isIn(Collection<JsonNode> components) {
        Set<JsonNode> plain = components.stream().map(StatementForm::plain).collect(Collectors.toSet());
        return plain.containsAll(parts.values());
    }

    /**
     * Whether no other of these components, all of a form, sets what the parts ask for or show: a browser keeps one answer for
     * one key, whichever question it was given to.
     */
    public boolean isAlone(Collection<JsonNode> components) {
        List<String> set = components.stream()
                .flatMap(component -> Stream.of(component.path("key"), component.path("path")))
                .map(key -> key.asString("").split("\\.")[0])
                .toList();
        return values().stream().noneMatch(set::contains)
                && parts.values().stream()
                        .map(part -> part.path("key").asString(""))
                        .filter(key -> !key.isEmpty())
                        .allMatch(key -> Collections.frequency(set, key) == 1);
    }

    /** Whether these values of a submission make the statement. */
    public boolean isMadeBy(Map<String, Object> submitted) {
        return answers.entrySet().stream()
                .allMatch(answer -> answer.getValue().equals(String.valueOf(submitted.get(answer.getKey()))));
    }

    /** The names of the values that its texts show. */
    public Set<String> values() {
        return VALUE.matcher(template()).results().map(name -> name.group(1)).collect(Collectors.toSet());
    }

    /** The hash of the text that is shown with these values, in the language of the thread. */
    public String noticeHash(Function<String, Object> values) {
        return hash(VALUE.matcher(template()).replaceAll(name -> valueOf(name, values)));
    }

    private static String valueOf(MatchResult name, Function<String, Object> values) {
        Object value = values.apply(name.group(1));
        return value == null ? "" : Matcher.quoteReplacement(value.toString());
    }

    private String template() {
        return parts.entrySet().stream()
                .map(part -> Messages.translated(
                        "part." + part.getKey() + ".text",
                        part.getValue().path("text").asString("")))
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining("\n"));
    }

    /** A component without what may differ. */
    static JsonNode plain(JsonNode component) {
        if (component instanceof ObjectNode object) {
            ObjectNode plain = object.deepCopy();
            plain.remove(NOT_COMPARED);
            plain.propertyNames().forEach(name -> plain.set(name, withoutBlanks(plain.get(name))));
            return plain;
        }
        return component;
    }

    private static JsonNode withoutBlanks(JsonNode value) {
        return value.isString()
                ? new StringNode(VALUE.matcher(value.asString("")).replaceAll("{{$1}}"))
                : value;
    }

    /** SHA-256, in hexadecimal digits. */
    public static String hash(String text) {
        return hash(text.getBytes(StandardCharsets.UTF_8));
    }

    /** SHA-256, in hexadecimal digits. */
    public static String hash(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is missing from this Java", e);
        }
    }
}
