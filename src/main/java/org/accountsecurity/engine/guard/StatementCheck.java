package org.accountsecurity.engine.guard;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.accountsecurity.engine.form.Form;
import org.accountsecurity.engine.form.FormTexts;
import org.accountsecurity.request.StatementForms;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** What a holder says is asked as the release asks it, and no other text of a form hides that or leads away from it. */
@Component
class StatementCheck implements Check {

    @Override
    public Stream<Finding> findings(Models models) {
        return models.forms.values().stream().flatMap(StatementCheck::inForm);
    }

    private static Stream<Finding> inForm(Form form) {
        List<Finding> findings = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (JsonNode component : form.components()) {
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
            } else if (!form.outermost().contains(component)) {
                findings.add(new Finding(form.file(), "里的 " + name + " 在分组里，可能看不到。请移到最外层。"));
            }
        }
        form.components()
                .forEach(component -> FormTexts.objection(component)
                        .ifPresent(objection -> findings.add(new Finding(form.file(), objection))));
        return findings.stream();
    }

    private static String nameOf(JsonNode component) {
        return component.path("properties").path("part").asString("");
    }
}
