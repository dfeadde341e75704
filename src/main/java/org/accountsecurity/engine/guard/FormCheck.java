package org.accountsecurity.engine.guard;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.accountsecurity.contract.Variables;
import org.accountsecurity.engine.brand.Brand;
import org.accountsecurity.engine.form.CountedQuestion;
import org.accountsecurity.engine.form.Form;
import org.accountsecurity.engine.form.FormPatterns;
import org.accountsecurity.engine.form.HideCondition;
import org.accountsecurity.text.Sentence;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** Checks that forms exist, can be shown and filled in, and set no variable of the system. */
@Component
class FormCheck implements Check {

    /** Components that load nothing, and fields that the server validates. */
    private static final Pattern COMPONENTS = Pattern.compile(
            "text|table|group|spacer|separator|textfield|textarea|number" + "|checkbox|radio|select|checklist|taglist");

    /** Properties that only the browser would evaluate. */
    private static final Set<String> COMPUTED = Set.of("path", "valuesExpression", "disabled", "readonly");

    private static final Pattern NAME = Pattern.compile("[A-Za-z_]\\w*");

    private final Beans beans;

    FormCheck(Beans beans) {
        this.beans = beans;
    }

    @Override
    public Stream<Finding> findings(Models models) {
        List<Finding> findings = new ArrayList<>();
        models.tags("userTask", "startEvent").forEach(node -> formOf(node, models, findings));
        for (Form form : models.forms.values()) {
            List<Sentence> wrong = new ArrayList<>();
            if (form.root().path("schemaVersion").asInt(Integer.MAX_VALUE) > Brand.FORM_SCHEMA) {
                wrong.add(Sentence.of("guard.form-schema", "version", Brand.FORM_SCHEMA));
            }
            form.keys().forEach(key -> key(key, wrong));
            Set<String> keys = new HashSet<>();
            form.components().forEach(component -> component(component, form, keys, wrong));
            wrong.forEach(text -> findings.add(new Finding(form.file(), text)));
        }
        return findings.stream();
    }

    private static void formOf(Tag node, Models models, List<Finding> findings) {
        String form = node.get("camunda:formRef");
        if (!form.isEmpty() && !models.forms.containsKey(form)) {
            findings.add(node.finding("guard.form-missing", "form", form));
        }
    }

    private void key(String key, List<Sentence> wrong) {
        if (!NAME.matcher(key).matches()) {
            wrong.add(Sentence.of("guard.field-key", "field", key));
        } else if (beans.isTaken(key)
                || beans.all(Variables.class, Variables::inputs).contains(key)) {
            wrong.add(Sentence.of("guard.field-key-taken", "field", key));
        }
    }

    private static void component(JsonNode component, Form form, Set<String> keys, List<Sentence> wrong) {
        String type = component.path("type").asString("");
        String key = component.path("key").asString("");
        HideCondition hide = new HideCondition(component);
        if (!COMPONENTS.matcher(type).matches()) {
            wrong.add(Sentence.of("guard.form-component", "type", type));
        }
        COMPUTED.stream()
                .filter(property -> component.path(property).isString())
                .forEach(property -> wrong.add(Sentence.of(
                        "guard.field-expression", "field", key.isEmpty() ? type : key, "property", property)));
        if (!key.isEmpty() && !keys.add(key)) {
            wrong.add(Sentence.of("guard.field-key-twice", "field", key));
        }
        if (component.has("components") && !hide.text().isEmpty()) {
            wrong.add(Sentence.of("guard.group-condition"));
        }
        if (!FormPatterns.isReadable(component.path("validate").path("pattern").asString(""))) {
            wrong.add(Sentence.of("guard.field-pattern", "field", key));
        }
        if (form.keys().contains(key) && !form.keys().containsAll(hide.names())) {
            wrong.add(Sentence.of("guard.field-condition", "field", key, "condition", hide.text()));
        }
        if (CountedQuestion.isMarked(component) && CountedQuestion.in(component).isEmpty()) {
            wrong.add(Sentence.of("guard.field-counted", "field", key));
        }
    }
}
