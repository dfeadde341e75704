package org.accountsecurity.engine.guard;

import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** Whether a file is what the parsers behind take it for: its encoding and format, its depth, and the ids in it. */
final class FileFormat {

    private static final int DEEPEST = 100;
    private static final String BOM = "\uFEFF";
    private static final String NOT_UTF_8 = "不是 UTF-8 编码。请用 Camunda Modeler 打开检查后重新保存。";
    private static final String STANDARD = "://www.omg.org/spec/";
    private static final Set<String> BPMN = Set.of("http://www.omg.org/spec/BPMN/20100524/MODEL");
    /** From 1.1 to 1.5, all that the engine reads. */
    private static final Set<String> DMN = Set.of(
            "http://www.omg.org/spec/DMN/20151101/dmn.xsd",
            "http://www.omg.org/spec/DMN/20151101/dmn11.xsd",
            "http://www.omg.org/spec/DMN/20180521/MODEL/",
            "https://www.omg.org/spec/DMN/20191111/MODEL/",
            "https://www.omg.org/spec/DMN/20211108/MODEL/",
            "https://www.omg.org/spec/DMN/20230324/MODEL/");
    /** What findings name, and other elements refer to. */
    private static final Pattern IDENTIFIED = Pattern.compile(
            "process|decision|sequenceFlow|callActivity|transaction|\\w*([sS]ubProcess|[tT]ask|Event|Gateway)");

    private final List<String> objections = new ArrayList<>();
    private final Set<String> ids = new HashSet<>();

    private FileFormat() {}

    static FileFormat ofDiagram(byte[] content) {
        FileFormat format = new FileFormat();
        format.read(content, BPMN, "不是 BPMN 2.0 的流程图。请用 Camunda Modeler 新建 Camunda 7 的流程图。");
        return format;
    }

    static FileFormat ofTable(byte[] content) {
        FileFormat format = new FileFormat();
        format.read(content, DMN, "不是 DMN 1.1 到 1.5 的决策表。请用 Camunda Modeler 新建 Camunda 7 的决策表，把内容抄过去。");
        return format;
    }

    static FileFormat ofForm(byte[] content) {
        FileFormat format = new FileFormat();
        format.text(content);
        return format;
    }

    /** What is wrong, and what to do. */
    List<String> objections() {
        return objections;
    }

    Set<String> ids() {
        return ids;
    }

    private void read(byte[] content, Set<String> namespaces, String otherwise) {
        String text = text(content);
        if (!objections.isEmpty()) {
            return;
        }
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        try {
            XMLStreamReader xml = factory.createXMLStreamReader(new StringReader(text));
            String encoding = xml.getCharacterEncodingScheme();
            if (encoding != null && !encoding.equalsIgnoreCase("UTF-8")) {
                objections.add("声明的编码是 " + encoding + "，不是 UTF-8。请把第一行的 encoding 改成 UTF-8，并用 UTF-8 保存。");
                return;
            }
            elements(xml, namespaces, otherwise);
        } catch (XMLStreamException e) {
            int line = e.getLocation() == null ? 1 : e.getLocation().getLineNumber();
            objections.add("无法读取：第 " + line + " 行不完整或格式不对。请用 Camunda Modeler 打开检查后重新保存。");
        }
    }

    private void elements(XMLStreamReader xml, Set<String> namespaces, String otherwise) throws XMLStreamException {
        int depth = 0;
        while (xml.hasNext()) {
            switch (xml.next()) {
                case XMLStreamConstants.DTD -> {
                    objections.add("里有 DOCTYPE 声明，它会引入别的内容。请删去它，或用 Camunda Modeler 重新保存。");
                    return;
                }
                case XMLStreamConstants.START_ELEMENT -> {
                    depth++;
                    if (depth == 1
                            && !(xml.getLocalName().equals("definitions")
                                    && namespaces.contains(xml.getNamespaceURI()))) {
                        objections.add(otherwise);
                        return;
                    }
                    if (depth > DEEPEST) {
                        objections.add("里的元素嵌套超过 " + DEEPEST + " 层。请减少子流程的层次。");
                        return;
                    }
                    identify(xml);
                }
                case XMLStreamConstants.END_ELEMENT -> depth--;
                default -> {
                    // of text and comments nothing depends on this
                }
            }
        }
    }

    private void identify(XMLStreamReader xml) {
        String id = xml.getAttributeValue("", "id");
        String name = xml.getAttributeValue("", "name");
        if (!String.valueOf(xml.getNamespaceURI()).contains(STANDARD)) {
            return;
        }
        if (id == null || id.isEmpty()) {
            if (IDENTIFIED.matcher(xml.getLocalName()).matches()) {
                objections.add("第 " + xml.getLocation().getLineNumber() + " 行的 " + xml.getLocalName()
                        + (name == null ? " " : "“" + name + "”") + "没有 id。请在 Camunda Modeler 里填写 ID。");
            }
        } else if (!ids.add(id)) {
            objections.add("里有两个元素的 id 都是 " + id + "。请把其中一个改成别的 id。");
        }
    }

    private String text(byte[] content) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(content))
                    .toString();
            if (text.startsWith(BOM)) {
                objections.add("的开头有 BOM（字节顺序标记）。请在编辑器里另存为不带 BOM 的 UTF-8。");
            } else if (text.indexOf('\0') >= 0) {
                objections.add(NOT_UTF_8);
            }
            return text;
        } catch (CharacterCodingException e) {
            objections.add(NOT_UTF_8);
            return "";
        }
    }
}
