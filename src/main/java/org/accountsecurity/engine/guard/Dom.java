package org.accountsecurity.engine.guard;

import java.util.List;
import java.util.function.BiPredicate;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.w3c.dom.Attr;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/** A diagram as XML: nothing that the engine reads and a model API does not show escapes from here. */
final class Dom {

    private static final Pattern DETAIL = Pattern.compile(
            "\\w*(Expression|EventDefinition|LoopCharacteristics|time\\w+|documentation|extensionElements)");

    private Dom() {}

    /** Whether an owner sees it in the diagram: a flow rather than its condition, an event rather than its timer. */
    private static boolean isSeen(Element element) {
        return element.hasAttribute("id")
                && !Beans.CAMUNDA.equals(element.getNamespaceURI())
                && !DETAIL.matcher(element.getLocalName()).matches();
    }

    static Finding finding(Element owner, String text) {
        String name = owner.getAttribute("name");
        return new Finding(owner.getAttribute("id"), (name.isEmpty() ? "" : "“" + name + "”") + text);
    }

    /** Looks at an element, with the one that an owner sees it in, and if the look returns true at what is in it. */
    static void walk(Document document, BiPredicate<Element, Element> look) {
        walk(document.getDocumentElement(), document.getDocumentElement(), look);
    }

    private static void walk(Element element, Element above, BiPredicate<Element, Element> look) {
        Element owner = isSeen(element) ? element : above;
        if (look.test(element, owner)) {
            children(element).forEach(child -> walk(child, owner, look));
        }
    }

    static List<Attr> attributes(Element element) {
        return IntStream.range(0, element.getAttributes().getLength())
                .mapToObj(i -> (Attr) element.getAttributes().item(i))
                .filter(attribute -> attribute.getLocalName() != null)
                .toList();
    }

    static List<Element> children(Element element) {
        NodeList nodes = element.getChildNodes();
        return IntStream.range(0, nodes.getLength())
                .mapToObj(nodes::item)
                .filter(node -> node.getNodeType() == Node.ELEMENT_NODE)
                .map(Element.class::cast)
                .toList();
    }
}
