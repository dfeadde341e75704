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
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.dmn.Dmn;
import org.camunda.bpm.model.dmn.DmnModelInstance;
import org.w3c.dom.Document;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;

/** The files of one deployment, read. */
class Models {

    /** Where things are drawn, and their colours. */
    static final Pattern PICTURE = Pattern.compile("https?://www\\.omg\\.org/spec/(BPMN|DD|DMN)/\\d+/(DI|DC|DMNDI)/?:.*"
            + "|http://bpmn\\.io/schema/(bpmn|dmn)/bio(color|di)/.*"
            + "|http://www\\.omg\\.org/spec/BPMN/non-normative/color/1\\.0:.*");

    private static final int DEEPEST = 100;
    private static final String AGAIN = "。请用 Camunda Modeler 打开检查后重新保存。";

    /** All by their ids, a table's with the file that it is in. */
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
                refuse(name, "不是不带 BOM 的 UTF-8 编码" + AGAIN);
            } else if (name.endsWith(".bpmn") || name.endsWith(".bpmn20.xml")) {
                Tag root = root(name, content, "definitions", "不是 BPMN 2.0 的流程图。请用 Camunda Modeler 新建 Camunda 7 的流程图。");
                // by its schema, too, as the engine does
                Bpmn.readModelFromStream(new ByteArrayInputStream(content));
                if (root.children("process").isEmpty()) {
                    refuse(name, "里没有流程。请画出流程，或去掉这个文件。");
                }
                root.children("process")
                        .forEach(process -> once(name, process.id(), processes.put(process.id(), process)));
            } else if (name.endsWith(".dmn") || name.endsWith(".dmn11.xml")) {
                Tag root = root(
                        name,
                        content,
                        "dmn:definitions",
                        "不是 DMN 1.1 到 1.5 的决策表。请用 Camunda Modeler 新建 Camunda 7 的决策表，把内容抄过去。");
                DmnModelInstance model = Dmn.readModelFromStream(new ByteArrayInputStream(content));
                root.children("dmn:decision")
                        .forEach(decision -> once(name, decision.id(), tables.put(decision.id(), model)));
            } else if (name.endsWith(".form")) {
                Form form = Form.of(name, content);
                if (!form.isComplete()) {
                    throw new IllegalArgumentException(name);
                }
                once(name, form.id(), forms.put(form.id(), form));
            } else {
                refuse(name, "不是流程图、决策表或表单。请只部署 .bpmn、.dmn 和 .form 文件。");
            }
        } catch (SAXParseException e) {
            refuse(name, "无法读取：第 " + e.getLineNumber() + " 行不完整或格式不对（" + e.getMessage() + "）" + AGAIN);
        } catch (SAXException e) {
            refuse(name, e.getMessage());
        } catch (Exception | StackOverflowError e) {
            refuse(name, "无法读取：文件不完整或格式不对" + AGAIN);
        }
    }

    private void refuse(String name, String text) {
        unreadable.add(new Finding(name, text));
    }

    /** Without what the schema would add; what is wrong with the whole is told of the file. */
    private Tag root(String name, byte[] content, String wanted, String otherwise)
            throws ParserConfigurationException, IOException, SAXException {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultNSInstance();
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        factory.setAttribute("jdk.xml.maxElementDepth", DEEPEST);
        Document document = factory.newDocumentBuilder().parse(new ByteArrayInputStream(content));
        Tag root = new Tag(document.getDocumentElement());
        if (!root.is(wanted)) {
            throw new SAXException(otherwise);
        }
        if (document.getXmlEncoding() != null && !document.getXmlEncoding().equalsIgnoreCase("UTF-8")) {
            throw new SAXException("声明的编码不是 UTF-8。请把第一行的 encoding 改成 UTF-8，并用 UTF-8 保存。");
        }
        root.element().setAttribute("id", name);
        root.element().removeAttribute("name");
        tags.addAll(root.all(tag -> !PICTURE.matcher(tag.name()).matches()));
        return root;
    }

    private void once(String name, String id, Object before) {
        if (before != null) {
            refuse(name, "里的 " + id + " 在另一个文件里也有。请删去其中一个，或换一个 id。");
        }
    }

    /** The elements of the diagrams and tables of these names, or all, but for the picture. */
    Stream<Tag> tags(String... names) {
        return tags.stream().filter(tag -> names.length == 0 || tag.is(names));
    }

    /** Whether something is true of an element, or of what it is in, or of all that call its process. */
    boolean isAround(Tag element, Predicate<Tag> wanted) {
        if (wanted.test(element)) {
            return true;
        }
        if (!element.is("process")) {
            return isAround(element.parent(), wanted);
        }
        List<Tag> calls = tags("callActivity")
                .filter(call -> call.get("calledElement").equals(element.id()))
                .toList();
        return !calls.isEmpty() && calls.stream().allMatch(call -> isAround(call, wanted));
    }
}
