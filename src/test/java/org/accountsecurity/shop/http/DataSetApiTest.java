package org.accountsecurity.shop.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Period;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.accountsecurity.shop.DataSet;
import org.accountsecurity.shop.Erasure;
import org.accountsecurity.shop.OpenItem;
import org.accountsecurity.shop.RecordSink;
import org.accountsecurity.shop.Treatment;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import tools.jackson.databind.json.JsonMapper;

/** Keeps {@code docs/integrators/data-set-api.yaml} and the client in step. */
class DataSetApiTest {

    private static final Treatment KEEP = new Treatment(true, Period.ofYears(3));

    private static final Map<String, Consumer<DataSet>> CALLS = Map.of(
            "openItems", dataSet -> dataSet.openItems("{accountId}"),
            "settle", dataSet -> dataSet.settle("{accountId}", List.of("sub-81"), "request"),
            "preview", dataSet -> dataSet.preview("{accountId}", KEEP),
            "export", dataSet -> dataSet.export("{accountId}", new Ignored()),
            "hold", dataSet -> dataSet.hold("{accountId}", "request"),
            "release", dataSet -> dataSet.release("{accountId}", "request"),
            "erase", dataSet -> dataSet.erase("{accountId}", KEEP, "request"),
            "verifyErased", dataSet -> dataSet.verifyErased("{accountId}"));

    private final Map<String, Object> api = api();

    @Test
    @DisplayName("every documented operation is called as documented, and its examples are understood")
    void everyOperationIsCalledAsDocumented() throws IOException {
        Set<String> documented = new TreeSet<>();
        for (Map.Entry<String, Object> path : map(api, "paths").entrySet()) {
            for (String method : List.of("get", "put", "post", "delete")) {
                Map<String, Object> operation = map(map(api, "paths", path.getKey()), method);
                if (operation.isEmpty()) {
                    continue;
                }
                String id = (String) operation.get("operationId");
                documented.add(id);
                List<String> answers = answersOf(operation);
                for (String answer : answers) {
                    try (ScriptedShop shop = new ScriptedShop().answers(answer.isEmpty() ? 204 : 200, answer)) {
                        assertThatCode(() -> CALLS.get(id).accept(shop.dataSet()))
                                .as(id)
                                .doesNotThrowAnyException();
                        assertThat(shop.calls())
                                .singleElement()
                                .satisfies(call -> assertThat(call.line()
                                                .replace("%7BaccountId%7D", "{accountId}")
                                                .replaceFirst("\\?.*", ""))
                                        .isEqualToIgnoringCase(method + " " + path.getKey()));
                    }
                }
            }
        }

        assertThat(documented).containsExactlyInAnyOrderElementsOf(CALLS.keySet());
    }

    @Test
    @DisplayName("the documented outcomes are those there are")
    void theDocumentedOutcomesAreThoseThereAre() {
        assertThat((List<?>) map(api, "components", "schemas", "Erasure", "properties", "outcome")
                        .get("enum"))
                .isEqualTo(List.of(Erasure.Outcome.values()).stream()
                        .map(Enum::name)
                        .toList());
    }

    @Test
    @DisplayName("the documented limits are those that hold")
    void theDocumentedLimitsAreThoseThatHold() {
        assertThat(property("OpenItems", "items", "maxItems")).isEqualTo(1_000);
        assertThat(property("OpenItem", "kind", "maxLength")).isEqualTo(OpenItem.KIND_LENGTH);
        assertThat(property("OpenItem", "reference", "maxLength")).isEqualTo(OpenItem.REFERENCE_LENGTH);
        assertThat((String) property("OpenItem", "label", "description"))
                .contains("after " + OpenItem.LABEL_LENGTH + " characters");
        assertThat(((Map<?, ?>) api.get("info")).get("description").toString())
                .contains(ShopService.ANSWER_BYTES / (1 << 20) + " MiB", ShopService.LINE_BYTES / (1 << 20) + " MiB");
    }

    private Object property(String schema, String property, String key) {
        return map(api, "components", "schemas", schema, "properties", property).get(key);
    }

    /** The examples of the 200, or nothing where 204 is the answer. */
    private static List<String> answersOf(Map<String, Object> operation) {
        Map<String, Object> content = map(operation, "responses", "200", "content");
        if (content.isEmpty()) {
            return List.of("");
        }
        String type = content.keySet().iterator().next();
        return map(content, type, "examples").values().stream()
                .map(example -> ((Map<?, ?>) example).get("value"))
                .map(value -> value instanceof String lines ? lines : new JsonMapper().writeValueAsString(value))
                .toList();
    }

    private static Map<String, Object> api() {
        try {
            return new Yaml(new SafeConstructor(new LoaderOptions()))
                    .load(Files.readString(Path.of("docs/integrators/data-set-api.yaml")));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Map<String, Object> from, String... keys) {
        Map<String, Object> found = from;
        for (String key : keys) {
            found = (Map<String, Object>) found.getOrDefault(key, Map.of());
        }
        return found;
    }

    private static final class Ignored implements RecordSink {

        @Override
        public void columns(List<String> names) {}

        @Override
        public void record(List<String> values) {}
    }
}
