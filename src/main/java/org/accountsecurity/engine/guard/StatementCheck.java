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
import org.accountsecurity.text.Sentence;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** Checks that named parts are as shipped, and that no other text hides them or links away. */
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
                findings.add(new Finding(form.file(), Sentence.of("guard.unknown-part", "part", name)));
            } else if (!asShipped.get()) {
                findings.add(new Finding(form.file(), Sentence.of("guard.changed-part", "part", name)));
            } else if (!names.add(name)) {
                findings.add(new Finding(form.file(), Sentence.of("guard.part-twice", "part", name)));
            } else if (!form.outermost().contains(component)) {
                findings.add(new Finding(form.file(), Sentence.of("guard.part-in-group", "part", name)));
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
