package org.accountsecurity.engine.form;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.accountsecurity.engine.identity.TaskRequests;
import org.accountsecurity.request.FormValues;
import org.accountsecurity.text.Messages;
import org.camunda.bpm.engine.form.CamundaFormRef;
import org.camunda.bpm.engine.form.FormData;
import org.camunda.bpm.engine.impl.cmd.GetCamundaFormDefinitionCmd;
import org.camunda.bpm.engine.impl.cmd.GetDeploymentResourceCmd;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.camunda.bpm.engine.impl.persistence.entity.TaskEntity;
import org.camunda.bpm.engine.repository.CamundaFormDefinition;
import org.camunda.bpm.engine.variable.VariableMap;
import org.camunda.bpm.engine.variable.Variables;
import org.camunda.bpm.engine.variable.value.TypedValue;
import org.camunda.spin.Spin;
import org.camunda.spin.plugin.variable.SpinValues;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.util.function.SingletonSupplier;

/** The contracts of deployed forms, each parsed once, as a deployed form never changes. */
public class FormContracts {

    private static final String DEPLOYMENT = "deployment";

    private final Map<String, FormContract> byResource = new ConcurrentHashMap<>();
    private final Map<String, FormContract> bound = new ConcurrentHashMap<>();
    private final SingletonSupplier<Map<String, List<FormValues>>> values;
    private final TaskRequests taskRequests;
    private final AnswerRecorder answers;
    private final ListableBeanFactory beans;

    /** Takes a provider of the values, as they depend on the engine, which depends on this. */
    public FormContracts(
            ObjectProvider<FormValues> values,
            TaskRequests taskRequests,
            AnswerRecorder answers,
            ListableBeanFactory beans) {
        this.beans = beans;
        this.values = SingletonSupplier.of(() -> byName(values));
        this.taskRequests = taskRequests;
        this.answers = answers;
    }

    /** Keeps the variables that the form of a task shows, and adds computed values. */
    void show(TaskEntity task, VariableMap variables) {
        FormContract contract = of(task.getTaskDefinition().getTaskFormHandler().createTaskForm(task));
        Set<String> shown = contract.shown();
        variables.keySet().retainAll(shown);
        shown.stream()
                .flatMap(this::makers)
                .distinct()
                .filter(some -> isFor(task, some))
                .forEach(some -> {
                    Map<String, Object> made = made(some, task);
                    made.keySet().stream()
                            .filter(shown::contains)
                            .forEach(name ->
                                    variables.putValueTyped(name, typed(contract.forClient(name, made.get(name)))));
                });
        answers.read(task, contract, variables::get);
        contract.texts().stream()
                .filter(name -> makers(name).noneMatch(FormValues::markdown) && variables.get(name) instanceof String)
                .forEach(name -> variables.putValue(name, ShownText.inMarkdown((String) variables.get(name))));
    }

    /** Records what the subject of a request says by a submission. */
    void submitted(TaskEntity task, FormContract contract, VariableMap accepted) {
        answers.submitted(task, contract, accepted, name -> shown(task, name));
    }

    private Stream<FormValues> makers(String name) {
        return values.obtain().getOrDefault(name, List.of()).stream();
    }

    private static Map<String, List<FormValues>> byName(ObjectProvider<FormValues> values) {
        Map<String, List<FormValues>> byName = new HashMap<>();
        values.forEach(some -> some.names()
                .forEach(name ->
                        byName.computeIfAbsent(name, first -> new ArrayList<>()).add(some)));
        return byName;
    }

    /** The value that the form of a task shows under a name: computed, or a process variable. */
    Object shown(TaskEntity task, String name) {
        return makers(name)
                .filter(some -> isFor(task, some))
                .findFirst()
                .map(some -> made(some, task).get(name))
                .map(made -> made instanceof Collection<?> ? Spin.JSON(made) : made)
                .orElseGet(() -> task.getVariable(name));
    }

    /** Tasks of holders have an assignee expression in the model; tasks of staff are assigned by a claim. */
    private static boolean isFor(TaskEntity task, FormValues some) {
        return task.getTaskDefinition().getAssigneeExpression() != null || some.forStaff();
    }

    /** Computes without authorization checks: a reader of the form may lack rights on its sources. */
    private Map<String, Object> made(FormValues some, TaskEntity task) {
        String request = taskRequests.of(task);
        return Context.getCommandContext().runWithoutAuthorization(() -> some.of(request));
    }

    private static TypedValue typed(Object value) {
        return value instanceof Collection<?> list
                ? SpinValues.jsonValue(Spin.JSON(ShownText.inOptions(list)).toString())
                        .create()
                : Variables.untypedValue(value);
    }

    /** The contract of a form; it accepts nothing where there is no form. */
    FormContract of(FormData formData) {
        CamundaFormRef reference = formData.getCamundaFormRef();
        if (reference == null || reference.getKey() == null) {
            return FormContract.NOTHING;
        }
        // a form that is not bound to its deployment may have a newer version
        return DEPLOYMENT.equals(reference.getBinding())
                ? bound.computeIfAbsent(
                        inLanguage(formData.getDeploymentId(), reference.getKey()), key -> find(reference, formData))
                : find(reference, formData);
    }

    private FormContract find(CamundaFormRef reference, FormData formData) {
        CommandContext context = Context.getCommandContext();
        CamundaFormDefinition form =
                context.runWithoutAuthorization(new GetCamundaFormDefinitionCmd(reference, formData.getDeploymentId()));
        if (form == null) {
            throw new IllegalStateException("the form " + reference.getKey() + " is not deployed");
        }
        return byResource.computeIfAbsent(
                inLanguage(form.getDeploymentId(), form.getResourceName()),
                resource -> read(context.runWithoutAuthorization(
                        new GetDeploymentResourceCmd(form.getDeploymentId(), form.getResourceName()))));
    }

    private static String inLanguage(String deployment, String form) {
        return Messages.language() + "/" + deployment + "/" + form;
    }

    private FormContract read(InputStream form) {
        try (form) {
            return FormContract.parse(form.readAllBytes(), numbers());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The variables that people type as a number, as the delegates that read them declare. */
    private Set<String> numbers() {
        Class<org.accountsecurity.contract.Variables> declared = org.accountsecurity.contract.Variables.class;
        return Arrays.stream(beans.getBeanNamesForAnnotation(declared))
                .flatMap(name ->
                        Arrays.stream(beans.findAnnotationOnBean(name, declared).numbers()))
                .collect(Collectors.toSet());
    }
}
