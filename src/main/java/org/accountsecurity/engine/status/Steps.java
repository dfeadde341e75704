package org.accountsecurity.engine.status;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.accountsecurity.text.ModelTexts;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.Activity;
import org.camunda.bpm.model.bpmn.instance.ExtensionElements;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaProperties;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaProperty;

/**
 * The steps that a holder sees: activities with a number in the extension property {@code step}, in that order. Of
 * activities with the same number the active one counts, else the first.
 */
class Steps {

    private final Map<Integer, List<Activity>> byNumber = new TreeMap<>();
    private final Collection<String> active;
    private final String process;

    /** For a process whose deployments were deleted. */
    Steps() {
        this.active = List.of();
        this.process = "";
    }

    Steps(String process, BpmnModelInstance model, Collection<String> active) {
        this.process = process;
        this.active = active;
        for (Activity activity : model.getModelElementsByType(Activity.class)) {
            property(activity, "step")
                    .filter(number -> number.matches("\\d{1,3}"))
                    .ifPresent(number -> byNumber.computeIfAbsent(Integer.valueOf(number), steps -> new ArrayList<>())
                            .add(activity));
        }
    }

    List<String> names() {
        return byNumber.values().stream()
                .map(step -> activeOf(step).orElse(step.get(0)))
                .map(step -> ModelTexts.element(process, step.getId(), step.getName()))
                .toList();
    }

    /** The number of the active step, from 1; 0 if there is none. */
    int present() {
        int number = 0;
        for (List<Activity> step : byNumber.values()) {
            number++;
            if (activeOf(step).isPresent()) {
                return number;
            }
        }
        return 0;
    }

    /** The duration of the active step, from its extension property {@code takes}. */
    Optional<String> takes() {
        return byNumber.values().stream()
                .flatMap(step -> activeOf(step).stream())
                .findFirst()
                .flatMap(step -> property(step, "takes")
                        .map(takes -> ModelTexts.property(process, step.getId(), "takes", takes)));
    }

    private Optional<Activity> activeOf(List<Activity> step) {
        return step.stream()
                .filter(activity -> active.contains(activity.getId()))
                .findFirst();
    }

    static Optional<String> property(Activity activity, String name) {
        ExtensionElements extensions = activity.getExtensionElements();
        return extensions == null
                ? Optional.empty()
                : extensions.getElementsQuery().filterByType(CamundaProperties.class).list().stream()
                        .flatMap(properties -> properties.getCamundaProperties().stream())
                        .filter(property -> name.equals(property.getCamundaName()))
                        .map(CamundaProperty::getCamundaValue)
                        .findFirst();
    }
}
