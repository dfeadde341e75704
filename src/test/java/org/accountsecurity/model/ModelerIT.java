package org.accountsecurity.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.accountsecurity.testing.NodeScripts;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/** What Camunda Modeler makes of the shipped files, asked of the libraries that it is built on. */
class ModelerIT {

    private static final String NAMESPACES = "http://www.w3.org/2000/xmlns/";

    private record Part(String name, Map<String, String> attributes, String text, List<Part> parts) {}

    @Test
    @DisplayName("the diagrams are lint-clean, and saved by Modeler they say the same")
    void theDiagramsAreLintCleanAndSurviveModeler(@TempDir Path saved) throws Exception {
        List<File> diagrams = Models.files("processes", "bpmn");
        List<String> arguments = new ArrayList<>(List.of(new File(".bpmnlintrc").getAbsolutePath(), saved.toString()));
        diagrams.forEach(diagram -> arguments.add(diagram.getAbsolutePath()));

        assertThat(NodeScripts.run("check-models.mjs", arguments)).isEmpty();

        for (File diagram : diagrams) {
            File again = saved.resolve(diagram.getName()).toFile();
            Bpmn.validateModel(Bpmn.readModelFromFile(again));
            assertThat(parts(again)).isEqualTo(parts(diagram));
        }
    }

    @Test
    @DisplayName("the linter refuses a question without words")
    void theLinterRefusesAQuestionWithoutWords(@TempDir Path folder) throws IOException {
        Path broken = folder.resolve("retention-purge.bpmn");
        Files.writeString(
                broken,
                Files.readString(Path.of("processes/retention-purge.bpmn")).replace("name=\"全部删除？\"", ""));

        assertThat(NodeScripts.run(
                        "check-models.mjs",
                        List.of(new File(".bpmnlintrc").getAbsolutePath(), folder.toString(), broken.toString())))
                .singleElement(STRING)
                .startsWith("retention-purge.bpmn: Gateway_Purged")
                .endsWith("(label-required)");
    }

    @Test
    @DisplayName("the element templates are as Modeler's schema wants them, and one without a name is not")
    void theElementTemplatesAreValid(@TempDir Path folder) throws IOException {
        List<File> templates = Models.files(".camunda/element-templates", "json");
        Path nameless = folder.resolve("nameless.json");
        Files.writeString(
                nameless, Files.readString(templates.get(0).toPath()).replaceFirst("\"name\": \"", "\"nom\": \""));
        List<String> arguments = new ArrayList<>(List.of(nameless.toString()));
        templates.forEach(template -> arguments.add(template.getAbsolutePath()));

        assertThat(NodeScripts.run("check-templates.mjs", arguments))
                .isNotEmpty()
                .allMatch(complaint -> complaint.startsWith("nameless.json"));
    }

    /** Whitespace, prefixes and the order of attributes say nothing. */
    private static Part parts(File diagram) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setNamespaceAware(true);
        return part(factory.newDocumentBuilder().parse(diagram).getDocumentElement());
    }

    private static Part part(Element element) {
        Map<String, String> attributes = new TreeMap<>();
        IntStream.range(0, element.getAttributes().getLength())
                .mapToObj(element.getAttributes()::item)
                .filter(attribute -> !NAMESPACES.equals(attribute.getNamespaceURI()))
                .forEach(attribute -> attributes.put(name(attribute), attribute.getNodeValue()));
        List<Part> parts = children(element)
                .filter(Element.class::isInstance)
                .map(child -> part((Element) child))
                .toList();
        String text = parts.isEmpty() ? element.getTextContent().strip() : "";
        return new Part(name(element), attributes, text, parts);
    }

    private static Stream<Node> children(Element element) {
        NodeList children = element.getChildNodes();
        return IntStream.range(0, children.getLength()).mapToObj(children::item);
    }

    private static String name(Node node) {
        return "{" + node.getNamespaceURI() + "}" + node.getLocalName();
    }
}
