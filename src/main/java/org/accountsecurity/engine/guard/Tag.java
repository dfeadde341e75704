package org.accountsecurity.engine.guard;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.accountsecurity.engine.brand.Brand;
import org.accountsecurity.text.Sentence;
import org.w3c.dom.Attr;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.w3c.dom.Text;

/**
 * An element of a diagram or decision table. Names carry a fixed prefix for each language, whatever prefix the file
 * uses; BPMN names carry none.
 */
record Tag(Element element) {

    private static final String DMN = "dmn:";
    /** Prefix by namespace; the engine reads DMN 1.1 to 1.5. */
    private static final Map<String, String> LANGUAGES = Map.of(
            "http://www.omg.org/spec/BPMN/20100524/MODEL",
            "",
            Brand.BPMN_EXTENSIONS,
            "camunda:",
            Brand.DMN_EXTENSIONS,
            "camunda:",
            "http://www.omg.org/spec/DMN/20151101/dmn.xsd",
            DMN,
            "http://www.omg.org/spec/DMN/20151101/dmn11.xsd",
            DMN,
            "http://www.omg.org/spec/DMN/20180521/MODEL/",
            DMN,
            "https://www.omg.org/spec/DMN/20191111/MODEL/",
            DMN,
            "https://www.omg.org/spec/DMN/20211108/MODEL/",
            DMN,
            "https://www.omg.org/spec/DMN/20230324/MODEL/",
            DMN);

    /** Elements that a sequence flow can lead to. */
    static final Pattern NODE = Pattern.compile("\\w*([tT]ask|Event|Gateway|[sS]ubProcess)|callActivity");
    /** Elements that an owner knows by id: a flow rather than its condition, an event rather than its timer. */
    private static final Pattern SEEN =
            Pattern.compile(NODE + "|process|sequenceFlow|dmn:decision|error|lane|participant|\\w*(data|Data)\\w*");

    static String name(Node node) {
        String namespace = String.valueOf(node.getNamespaceURI());
        return LANGUAGES.getOrDefault(namespace, namespace + ":") + node.getLocalName();
    }

    String name() {
        return name(element);
    }

    boolean is(String... names) {
        String name = name();
        return Stream.of(names).anyMatch(name::equals);
    }

    /** The value of an attribute; empty if it is missing. */
    String get(String attribute) {
        return attribute.startsWith("camunda:")
                ? element.getAttributeNS(
                        is("dmn:decision") ? Brand.DMN_EXTENSIONS : Brand.BPMN_EXTENSIONS,
                        attribute.substring("camunda:".length()))
                : element.getAttribute(attribute);
    }

    boolean has(String attribute) {
        return !get(attribute).isEmpty();
    }

    String id() {
        return get("id");
    }

    /** The parent; null for the root. */
    Tag parent() {
        return element.getParentNode() instanceof Element parent ? new Tag(parent) : null;
    }

    Tag root() {
        return new Tag(element.getOwnerDocument().getDocumentElement());
    }

    List<Tag> children(String... names) {
        return nodes().filter(Element.class::isInstance)
                .map(child -> new Tag((Element) child))
                .filter(child -> names.length == 0 || child.is(names))
                .toList();
    }

    /** Extension elements with this name. */
    List<Tag> extensions(String name) {
        return children("extensionElements").stream()
                .flatMap(extension -> extension.children(name).stream())
                .toList();
    }

    List<Attr> attributes() {
        return IntStream.range(0, element.getAttributes().getLength())
                .mapToObj(i -> (Attr) element.getAttributes().item(i))
                .filter(attribute -> attribute.getLocalName() != null)
                .toList();
    }

    /** The text directly within this element. */
    String text() {
        return nodes().filter(Text.class::isInstance)
                .map(Node::getNodeValue)
                .collect(Collectors.joining())
                .strip();
    }

    private Stream<Node> nodes() {
        NodeList nodes = element.getChildNodes();
        return IntStream.range(0, nodes.getLength()).mapToObj(nodes::item);
    }

    /** This element and all below it, without subtrees that are not wanted. */
    List<Tag> all(Predicate<Tag> wanted) {
        List<Tag> found = new ArrayList<>();
        if (wanted.test(this)) {
            found.add(this);
            children().forEach(child -> found.addAll(child.all(wanted)));
        }
        return found;
    }

    /** The outgoing flows by their references, as the engine takes them, not by the list in the node. */
    List<Tag> outgoing() {
        return siblings("sequenceFlow", "sourceRef");
    }

    List<Tag> incoming() {
        return siblings("sequenceFlow", "targetRef");
    }

    List<Tag> boundaryEvents() {
        return siblings("boundaryEvent", "attachedToRef");
    }

    private List<Tag> siblings(String name, String reference) {
        return parent() == null
                ? List.of()
                : parent().children(name).stream()
                        .filter(sibling -> sibling.get(reference).equals(id()))
                        .toList();
    }

    /** A finding about the nearest element that an owner knows, or about the file. */
    Finding finding(String key, Object... parameters) {
        return finding(Sentence.of(key, parameters));
    }

    Finding finding(Sentence text) {
        if (parent() != null && (id().isEmpty() || !SEEN.matcher(name()).matches())) {
            return parent().finding(text);
        }
        return new Finding(
                root().id(), id(), has("name") ? Sentence.of("guard.named", "name", get("name"), "text", text) : text);
    }
}
