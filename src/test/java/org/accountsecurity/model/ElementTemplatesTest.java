package org.accountsecurity.model;

import static org.accountsecurity.model.Models.elements;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.accountsecurity.engine.identity.Groups;
import org.accountsecurity.shop.DataSetCatalogue;
import org.accountsecurity.testing.ApplicationTest;
import org.accountsecurity.verification.Purpose;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.model.bpmn.instance.Activity;
import org.camunda.bpm.model.bpmn.instance.CallActivity;
import org.camunda.bpm.model.bpmn.instance.Task;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaFailedJobRetryTimeCycle;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaIn;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaInputOutput;
import org.camunda.bpm.model.xml.instance.ModelElementInstance;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** What Modeler offers to process owners is what the code and the shipped models know. */
@ApplicationTest
class ElementTemplatesTest {

    private static final String CAMUNDA = "http://camunda.org/schema/1.0/bpmn";
    private static final Set<String> OF_OWNERS =
            Set.of("account-security.send-notice", "account-security.ask-own-table");
    private static final String CHINESE = "(?s).*\\p{IsHan}.*";

    @Autowired
    ApplicationContext context;

    @Autowired
    DataSetCatalogue dataSets;

    @Test
    @DisplayName("every delegate has one template, and every template a delegate that exists")
    void everyDelegateHasATemplate() throws IOException {
        List<String> offered = new ArrayList<>();
        for (JsonNode template : templates()) {
            for (JsonNode property : template.path("properties")) {
                if (property.at("/binding/name").asText().equals("camunda:delegateExpression")) {
                    offered.add(property.path("value").asText());
                }
            }
        }

        assertThat(offered)
                .containsExactlyInAnyOrderElementsOf(Stream.of(context.getBeanNamesForType(JavaDelegate.class))
                        .filter(name -> context.getType(name).getName().startsWith("org.accountsecurity"))
                        .filter(name -> !context.getType(name).isAnnotationPresent(Deprecated.class))
                        .map(name -> "${" + name + "}")
                        .toList());
    }

    @Test
    @DisplayName("a template offers only what the code knows: data sets, every purpose of a code, staff groups")
    void aTemplateOffersWhatTheCodeKnows() throws IOException {
        assertThat(dataSets.getNames()).containsAll(offered("dataSet"));
        assertThat(offered("purpose"))
                .containsExactlyInAnyOrderElementsOf(
                        Stream.of(Purpose.values()).map(Purpose::name).toList());
        assertThat(offered("camunda:candidateGroups")).containsExactly(Groups.SUPPORT);
    }

    @Test
    @DisplayName(
            "every task of the shipped models is as one template would make it, and every template has such a task but those for what is an owner's alone")
    void theShippedModelsAreAsTheTemplatesWouldMakeThem() throws IOException {
        Set<String> used = new TreeSet<>();
        List<Activity> activities = new ArrayList<>(elements(Task.class));
        elements(CallActivity.class).stream()
                .filter(call -> call.getCalledElement().equals("verification-code"))
                .forEach(activities::add);
        for (Activity activity : activities) {
            List<JsonNode> fitting = templates().stream()
                    .filter(template -> fits(template, activity))
                    .toList();

            assertThat(fitting).as(activity.getId()).hasSize(1);
            used.add(fitting.get(0).path("id").asText());
            assertThat(bindings(fitting.get(0)).contains("camunda:asyncBefore"))
                    .as(activity.getId())
                    .isEqualTo(activity.isCamundaAsyncBefore());
            extensions(activity, CamundaFailedJobRetryTimeCycle.class)
                    .forEach(cycle -> assertThat(
                                    fitting.get(0).path("description").asText())
                            .as(activity.getId())
                            .contains(cycle.getTextContent()));
        }

        assertThat(used)
                .containsExactlyInAnyOrderElementsOf(templates().stream()
                        .map(template -> template.path("id").asText())
                        .filter(id -> !OF_OWNERS.contains(id))
                        .toList());
    }

    @Test
    @DisplayName("templates speak Chinese, and no two have one name")
    void templatesSpeakChinese() throws IOException {
        assertThat(templates())
                .extracting(template -> template.path("name").asText())
                .doesNotHaveDuplicates()
                .allMatch(name -> name.matches(CHINESE));
        for (JsonNode template : templates()) {
            assertThat(template.path("description").asText()).matches(CHINESE);
            for (JsonNode property : template.path("properties")) {
                if (!property.path("type").asText().equals("Hidden")) {
                    assertThat(property.path("label").asText()).matches(CHINESE);
                    assertThat(property.path("description").asText()).matches(CHINESE);
                }
            }
        }
    }

    private static List<JsonNode> templates() throws IOException {
        List<JsonNode> templates = new ArrayList<>();
        for (File file : Models.files(".camunda/element-templates", "json")) {
            templates.add(new ObjectMapper().readTree(file));
        }
        return templates;
    }

    private static Set<String> offered(String name) throws IOException {
        Set<String> offered = new HashSet<>();
        for (JsonNode template : templates()) {
            for (JsonNode property : template.path("properties")) {
                if (name(property).equals(name)) {
                    offered.addAll(values(property));
                }
            }
        }
        return offered;
    }

    private static Set<String> bindings(JsonNode template) {
        return template.path("properties")
                .valueStream()
                .map(ElementTemplatesTest::name)
                .collect(Collectors.toSet());
    }

    private static String name(JsonNode property) {
        JsonNode binding = property.path("binding");
        return binding.path("name").asText() + binding.path("target").asText();
    }

    private static List<String> values(JsonNode property) {
        return property.has("choices")
                ? property.path("choices").findValuesAsText("value")
                : List.of(property.path("value").asText());
    }

    private static boolean fits(JsonNode template, Activity activity) {
        String type = activity.getElementType().getTypeName();
        return template.at("/elementType/value").asText().equalsIgnoreCase("bpmn:" + type)
                && template.path("properties")
                        .valueStream()
                        .allMatch(property -> allows(property, value(property.path("binding"), activity)));
    }

    private static boolean allows(JsonNode property, String value) {
        JsonNode pattern = property.at("/constraints/pattern/value");
        return value != null
                && (pattern.isMissingNode() ? values(property).contains(value) : value.matches(pattern.asText()));
    }

    /** What stands in the model where the binding would write. */
    private static String value(JsonNode binding, Activity activity) {
        String name = binding.path("name").asText();
        return switch (binding.path("type").asText()) {
            case "property" ->
                name.startsWith("camunda:")
                        ? activity.getAttributeValueNs(CAMUNDA, name.substring("camunda:".length()))
                        : activity.getAttributeValue(name);
            case "camunda:inputParameter" ->
                extensions(activity, CamundaInputOutput.class)
                        .flatMap(inputOutput -> inputOutput.getCamundaInputParameters().stream())
                        .filter(parameter -> parameter.getCamundaName().equals(name))
                        .map(ModelElementInstance::getTextContent)
                        .findFirst()
                        .orElse(null);
            case "camunda:in:businessKey" ->
                extensions(activity, CamundaIn.class)
                        .map(CamundaIn::getCamundaBusinessKey)
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElse(null);
            case "camunda:in" ->
                extensions(activity, CamundaIn.class)
                        .filter(in -> binding.path("target").asText().equals(in.getCamundaTarget()))
                        .map(in -> binding.path("expression").asBoolean()
                                ? in.getCamundaSourceExpression()
                                : in.getCamundaSource())
                        .findFirst()
                        .orElse(null);
            default -> throw new AssertionError(binding);
        };
    }

    private static <T extends ModelElementInstance> Stream<T> extensions(Activity activity, Class<T> type) {
        return activity.getExtensionElements() == null
                ? Stream.empty()
                : activity.getExtensionElements().getChildElementsByType(type).stream();
    }
}
