package org.accountsecurity.engine.guard;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.accountsecurity.engine.form.FormTexts;
import org.accountsecurity.request.StatementForm;
import org.accountsecurity.request.StatementForms;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.UserTask;
import org.springframework.stereotype.Component;

/** What a holder says is asked as the release asks it, and no other text of a form hides that or leads away from it. */
@Component
class StatementCheck implements Check {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Override
    public boolean comesFirst() {
        return true;
    }

    @Override
    public Stream<Finding> findings(Models models) {
        return Stream.concat(
                models.forms().stream().flatMap(StatementCheck::inForm),
                StatementForms.all().stream().flatMap(statement -> asked(statement, models)));
    }

    private static Stream<Finding> inForm(Form form) {
        List<Finding> findings = new ArrayList<>();
        JsonNode root = read(form);
        Set<String> names = new HashSet<>();
        for (JsonNode component : root.findParents("type")) {
            String name = nameOf(component);
            if (name.isEmpty()) {
                continue;
            }
            Optional<Boolean> asShipped = StatementForms.isPart(name, component);
            if (asShipped.isEmpty()) {
                findings.add(new Finding(form.file(), "里的自定义属性 part 的值 " + name + " 系统不认识。请改正，或去掉这个属性。"));
            } else if (!asShipped.get()) {
                findings.add(new Finding(
                        form.file(), "里的 " + name + " 与发布的不同。它有法律效力，文字、选项、校验和条件都不能改；请照发布的表单改回，别的内容写在它的前后。"));
            } else if (!names.add(name)) {
                findings.add(new Finding(form.file(), "里有两个 " + name + "。请只留一个。"));
            } else if (!outermost(root).contains(component)) {
                findings.add(new Finding(form.file(), "里的 " + name + " 在分组里，可能看不到。请移到最外层。"));
            }
        }
        root.findParents("type")
                .forEach(component -> FormTexts.objection(component)
                        .ifPresent(objection -> findings.add(new Finding(form.file(), objection))));
        StatementForms.all().stream()
                .filter(statement -> hasNamed(root, statement) && !statement.isAlone(root.findParents("type")))
                .findFirst()
                .ifPresent(statement -> findings.add(new Finding(
                        form.file(),
                        "里有别的字段会代替 " + String.join("、", statement.parts().keySet()) + " 作答，或改掉它显示的内容。请给那个字段换一个键。")));
        return findings.stream();
    }

    /** Where a commit point needs a statement, some holder's task asks for it. */
    private static Stream<Finding> asked(StatementForm statement, Models models) {
        boolean isAsked = models.elements(UserTask.class).stream()
                .filter(task -> task.getCamundaAssignee() != null)
                .flatMap(task -> models.formOf(task).stream())
                .anyMatch(form -> hasNamed(read(form), statement));
        return isAsked
                ? Stream.empty()
                : models.elements(FlowNode.class).stream()
                        .filter(node -> Beans.delegateOf(node)
                                .filter(statement.delegate()::equals)
                                .isPresent())
                        .map(node -> Finding.of(
                                node,
                                "要有持有人的答复才能执行，但没有一个持有人的任务的表单在最外层完整地带有 "
                                        + String.join("、", statement.parts().keySet())
                                        + "。请从发布的表单里复制这些组件。"));
    }

    private static boolean hasNamed(JsonNode root, StatementForm statement) {
        List<JsonNode> named = outermost(root).stream()
                .filter(component -> statement.parts().containsKey(nameOf(component)))
                .toList();
        return statement.isIn(named);
    }

    private static List<JsonNode> outermost(JsonNode root) {
        List<JsonNode> components = new ArrayList<>();
        root.path("components").forEach(components::add);
        return components;
    }

    private static String nameOf(JsonNode component) {
        return component.path("properties").path("part").asText();
    }

    private static JsonNode read(Form form) {
        try {
            return JSON.readTree(form.json());
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
