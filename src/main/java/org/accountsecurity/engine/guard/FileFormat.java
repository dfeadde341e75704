package org.accountsecurity.engine.guard;

import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** Whether a file is what the parsers behind take it for: its encoding and format, its depth, and the ids in it. */
final class FileFormat {

    static final Set<String> BPMN = Set.of("http://www.omg.org/spec/BPMN/20100524/MODEL");
    /** From 1.1 to 1.5, all that the engine reads. */
    static final Set<String> DMN = Set.of(
            "http://www.omg.org/spec/DMN/20151101/dmn.xsd",
            "http://www.omg.org/spec/DMN/20151101/dmn11.xsd",
            "http://www.omg.org/spec/DMN/20180521/MODEL/",
            "https://www.omg.org/spec/DMN/20191111/MODEL/",
            "https://www.omg.org/spec/DMN/20211108/MODEL/",
            "https://www.omg.org/spec/DMN/20230324/MODEL/");

    private static final Map<Set<String>, String> OTHERWISE = Map.of(
            BPMN, "不是 BPMN 2.0 的流程图。请用 Camunda Modeler 新建 Camunda 7 的流程图。",
            DMN, "不是 DMN 1.1 到 1.5 的决策表。请用 Camunda Modeler 新建 Camunda 7 的决策表，把内容抄过去。");

    private static final int DEEPEST = 100;
    private static final String NOT_UTF_8 = "不是 UTF-8 编码。请用 Camunda Modeler 打开检查后重新保存。";
    /** What findings name, and other elements refer to. */
    private static final Pattern IDENTIFIED = Pattern.compile(
            "process|decision|sequenceFlow|callActivity|transaction|\\w*([sS]ubProcess|[tT]ask|Event|Gateway)");

    private FileFormat() {}

    /** Why a file can't be read, and what to do. */
    static final class Unreadable extends RuntimeException {

        private Unreadable(String objection) {
            super(objection);
        }
    }

    static String text(byte[] content) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(content))
                    .toString();
            refuse(text.startsWith("\uFEFF"), "的开头有 BOM（字节顺序标记）。请在编辑器里另存为不带 BOM 的 UTF-8。");
            refuse(text.indexOf('\0') >= 0, NOT_UTF_8);
            return text;
        } catch (CharacterCodingException e) {
            throw new Unreadable(NOT_UTF_8);
        }
    }

    /** Reads the ids of a diagram or a table. */
    static void xml(byte[] content, Set<String> namespaces, Set<String> ids) {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        try {
            XMLStreamReader xml = factory.createXMLStreamReader(new StringReader(text(content)));
            String encoding = xml.getCharacterEncodingScheme();
            refuse(
                    encoding != null && !encoding.equalsIgnoreCase("UTF-8"),
                    "声明的编码是 " + encoding + "，不是 UTF-8。请把第一行的 encoding 改成 UTF-8，并用 UTF-8 保存。");
            int depth = 0;
            while (xml.hasNext()) {
                int event = xml.next();
                refuse(event == XMLStreamConstants.DTD, "里有 DOCTYPE 声明，它会引入别的内容。请删去它，或用 Camunda Modeler 重新保存。");
                if (event == XMLStreamConstants.START_ELEMENT) {
                    boolean known = namespaces.contains(String.valueOf(xml.getNamespaceURI()));
                    refuse(
                            depth == 0 && !(known && xml.getLocalName().equals("definitions")),
                            OTHERWISE.get(namespaces));
                    depth++;
                    refuse(depth > DEEPEST, "里的元素嵌套超过 " + DEEPEST + " 层。请减少子流程的层次。");
                    identify(xml, known, ids);
                } else if (event == XMLStreamConstants.END_ELEMENT) {
                    depth--;
                }
            }
        } catch (XMLStreamException e) {
            int line = e.getLocation() == null ? 1 : e.getLocation().getLineNumber();
            throw new Unreadable("无法读取：第 " + line + " 行不完整或格式不对。请用 Camunda Modeler 打开检查后重新保存。");
        }
    }

    private static void identify(XMLStreamReader xml, boolean known, Set<String> ids) {
        String id = xml.getAttributeValue("", "id");
        String name = xml.getAttributeValue("", "name");
        if (id == null || id.isEmpty()) {
            refuse(
                    known && IDENTIFIED.matcher(xml.getLocalName()).matches(),
                    "第 " + xml.getLocation().getLineNumber() + " 行的 " + xml.getLocalName()
                            + (name == null ? " " : "“" + name + "”") + "没有 id。请在 Camunda Modeler 里填写 ID。");
        } else if (String.valueOf(xml.getNamespaceURI()).contains("://www.omg.org/spec/")) {
            refuse(!ids.add(id), "里有两个元素的 id 都是 " + id + "。请把其中一个改成别的 id。");
        }
    }

    private static void refuse(boolean wrong, String objection) {
        if (wrong) {
            throw new Unreadable(objection);
        }
    }
}
