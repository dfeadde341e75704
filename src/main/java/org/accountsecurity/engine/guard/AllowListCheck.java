package org.accountsecurity.engine.guard;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.accountsecurity.engine.brand.Brand;
import org.accountsecurity.text.Sentence;
import org.springframework.stereotype.Component;
import org.w3c.dom.Attr;

/** Allows only the elements and attributes listed in {@code allowed.txt}, whose effect is known. */
@Component
class AllowListCheck implements Check {

    private static final Pattern NEUTRAL = Pattern.compile(Pattern.quote(Brand.MODELER) + ":.*"
            + "|http://www\\.w3\\.org/(2001/XMLSchema-instance|2000/xmlns/):.*|" + Models.PICTURE);
    private static final Pattern WORDS = Pattern.compile("\\w+(\\|\\w+)*");

    /** Allowed elements with the parent they need; empty for any. */
    private final Map<String, String> owners = new HashMap<>();
    /** Allowed attributes, by element and name, with the pattern of their value. */
    private final Map<String, Pattern> attributes = new HashMap<>();
    /** Required attributes by element. */
    private final Map<String, List<String>> needed = new HashMap<>();

    AllowListCheck() {
        try (InputStream list = AllowListCheck.class.getResourceAsStream("allowed.txt")) {
            new String(list.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .forEach(this::allow);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void allow(String line) {
        String[] words = line.split(" ");
        String[] element = words[0].split("<");
        owners.put(element[0], element.length > 1 ? element[1] : "");
        for (String word : List.of(words).subList(1, words.length)) {
            String[] attribute = word.split("!?=|!$", 2);
            boolean free = attribute.length < 2 || attribute[1].isEmpty();
            attributes.put(element[0] + " " + attribute[0], Pattern.compile(free ? "(?s).*" : attribute[1]));
            if (word.startsWith(attribute[0] + "!")) {
                needed.computeIfAbsent(element[0], any -> new ArrayList<>()).add(attribute[0]);
            }
        }
    }

    @Override
    public Stream<Finding> findings(Models models) {
        List<Finding> findings = new ArrayList<>();
        for (Tag tag : models.tags().toList()) {
            String owner = owners.get(tag.name());
            if (owner == null) {
                // an unknown element is reported once, without its contents
                if (tag.parent() == null || owners.containsKey(tag.parent().name())) {
                    findings.add(tag.finding(
                            "guard.unknown-element", "element", tag.element().getLocalName()));
                }
                continue;
            }
            if (!owner.isEmpty() && !isIn(tag, owner)) {
                findings.add(tag.finding(
                        "guard.misplaced-element", "element", tag.element().getLocalName(), "owner", owner));
            }
            if (!tag.text().isEmpty() && !tag.children().isEmpty()) {
                findings.add(tag.finding(
                        "guard.mixed-content", "element", tag.element().getLocalName()));
            }
            tag.attributes().forEach(attribute -> check(tag, attribute, findings));
            needed.getOrDefault(tag.name(), List.of()).stream()
                    .filter(attribute -> !tag.has(attribute))
                    .forEach(attribute -> findings.add(tag.finding(
                            "guard.missing-attribute",
                            "element",
                            tag.element().getLocalName(),
                            "attribute",
                            attribute)));
        }
        return findings.stream();
    }

    private static boolean isIn(Tag tag, String owner) {
        Tag parent = tag.parent().is("extensionElements") ? tag.parent().parent() : tag.parent();
        return parent.is(owner);
    }

    private void check(Tag tag, Attr attribute, List<Finding> findings) {
        String name = attribute.getNamespaceURI() == null ? attribute.getLocalName() : Tag.name(attribute);
        if (NEUTRAL.matcher(name).matches()) {
            return;
        }
        String every = tag.is("dmn:" + tag.element().getLocalName())
                ? "dmn:*"
                : tag.name().contains(":") ? "" : "*";
        Pattern value = attributes.getOrDefault(tag.name() + " " + name, attributes.get(every + " " + name));
        if (value == null) {
            findings.add(tag.finding("guard.unknown-attribute", "attribute", attribute.getName()));
        } else if (!value.matcher(attribute.getValue()).matches()) {
            findings.add(
                    WORDS.matcher(value.pattern()).matches()
                            ? tag.finding(
                                    "guard.attribute-choice",
                                    "attribute",
                                    attribute.getName(),
                                    "choice",
                                    Stream.of(value.pattern().split("\\|"))
                                            .map(Sentence::plain)
                                            .reduce((first, next) ->
                                                    Sentence.of("guard.or", "first", first, "next", next))
                                            .orElseThrow())
                            : tag.finding(
                                    "guard.attribute-value",
                                    "attribute",
                                    attribute.getName(),
                                    "value",
                                    attribute.getValue()));
        }
    }
}
