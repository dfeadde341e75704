package org.accountsecurity.engine.guard;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.accountsecurity.engine.form.Form;
import org.accountsecurity.text.Sentence;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.dmn.Dmn;
import org.camunda.bpm.model.dmn.DmnModelInstance;
import org.w3c.dom.Document;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;

/** The parsed files of one deployment. */
class Models {

    /** Layout and colours. */
    static final Pattern PICTURE = Pattern.compile("https?://www\\.omg\\.org/spec/(BPMN|DD|DMN)/\\d+/(DI|DC|DMNDI)/?:.*"
            + "|http://bpmn\\.io/schema/(bpmn|dmn)/bio(color|di)/.*"
            + "|http://www\\.omg\\.org/spec/BPMN/non-normative/color/1\\.0:.*");

    private static final int DEEPEST = 100;

    /** By id; tables with their file. */
    final Map<String, Tag> processes = new TreeMap<>();

    final Map<String, Form> forms = new TreeMap<>();
    final Map<String, DmnModelInstance> tables = new TreeMap<>();
    final List<Finding> unreadable = new ArrayList<>();
    private final List<Tag> tags = new ArrayList<>();

    Models(Map<String, byte[]> files) {
        new TreeMap<>(files).forEach(this::read);
    }

    private void read(String name, byte[] content) {
        try {
            String text = new String(content, StandardCharsets.UTF_8);
            if (text.startsWith("\uFEFF") || !Arrays.equals(text.getBytes(StandardCharsets.UTF_8), content)) {
                refuse(name, Sentence.of("guard.not-utf8"));
            } else if (name.endsWith(".bpmn") || name.endsWith(".bpmn20.xml")) {
                Tag root = root(name, content, "definitions", "guard.not-bpmn");
                // also validates against the schema, as the engine does
                Bpmn.readModelFromStream(new ByteArrayInputStream(content));
                if (root.children("process").isEmpty()) {
                    refuse(name, Sentence.of("guard.no-process"));
                }
                root.children("process")
                        .forEach(process -> refuseDuplicate(name, process.id(), processes.put(process.id(), process)));
            } else if (name.endsWith(".dmn") || name.endsWith(".dmn11.xml")) {
                Tag root = root(name, content, "dmn:definitions", "guard.not-dmn");
                DmnModelInstance model = Dmn.readModelFromStream(new ByteArrayInputStream(content));
                root.children("dmn:decision")
                        .forEach(decision -> refuseDuplicate(name, decision.id(), tables.put(decision.id(), model)));
            } else if (name.endsWith(".form")) {
                Form form = Form.of(name, content);
                if (!form.isComplete()) {
                    throw new IllegalArgumentException(name);
                }
                refuseDuplicate(name, form.id(), forms.put(form.id(), form));
            } else {
                refuse(name, Sentence.of("guard.unknown-file-type"));
            }
        } catch (SAXParseException e) {
            refuse(name, Sentence.of("guard.unreadable-line", "line", e.getLineNumber(), "message", e.getMessage()));
        } catch (WrongKindException e) {
            refuse(name, Sentence.of(e.getMessage()));
        } catch (Exception | StackOverflowError e) {
            refuse(name, Sentence.of("guard.unreadable"));
        }
    }

    private void refuse(String name, Sentence text) {
        unreadable.add(new Finding(name, text));
    }

    /** The file is not of the kind that its name says; the message is the key of a sentence. */
    private static final class WrongKindException extends RuntimeException {

        WrongKindException(String key) {
            super(key);
        }
    }

    /**
     * Parses a file, without what the schema would add. The root gets the name of the file as its id, so that findings about
     * the whole name the file.
     *
     * @throws WrongKindException if its root is not the wanted one
     */
    private Tag root(String name, byte[] content, String wanted, String otherwise)
            throws ParserConfigurationException, IOException, SAXException {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultNSInstance();
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        factory.setAttribute("jdk.xml.maxElementDepth", DEEPEST);
        Document document = factory.newDocumentBuilder().parse(new ByteArrayInputStream(content));
        Tag root = new Tag(document.getDocumentElement());
        if (!root.is(wanted)) {
            throw new WrongKindException(otherwise);
        }
        if (document.getXmlEncoding() != null && !document.getXmlEncoding().equalsIgnoreCase("UTF-8")) {
            throw new WrongKindException("guard.declared-encoding");
        }
        root.element().setAttribute("id", name);
        root.element().removeAttribute("name");
        tags.addAll(root.all(tag -> !PICTURE.matcher(tag.name()).matches()));
        return root;
    }

    private void refuseDuplicate(String name, String id, Object before) {
        if (before != null) {
            refuse(name, Sentence.of("guard.duplicate-id", "id", id));
        }
    }

    /** The elements with these names, or all; without the layout. */
    Stream<Tag> tags(String... names) {
        return tags.stream().filter(tag -> names.length == 0 || tag.is(names));
    }

    /** Whether something is true of an element, of a scope around it, or of every call activity of its process. */
    boolean isTrueOfScope(Tag element, Predicate<Tag> wanted) {
        if (wanted.test(element)) {
            return true;
        }
        if (!element.is("process")) {
            return isTrueOfScope(element.parent(), wanted);
        }
        List<Tag> calls = tags("callActivity")
                .filter(call -> call.get("calledElement").equals(element.id()))
                .toList();
        return !calls.isEmpty() && calls.stream().allMatch(call -> isTrueOfScope(call, wanted));
    }
}
