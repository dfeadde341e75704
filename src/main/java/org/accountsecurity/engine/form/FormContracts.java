package org.accountsecurity.engine.form;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.accountsecurity.request.FormValue;
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
import org.springframework.beans.factory.ObjectProvider;

/** The contracts of deployed forms; a deployed form never changes, so each is read once. */
public class FormContracts {

    private final Map<String, FormContract> byResource = new ConcurrentHashMap<>();
    private final ObjectProvider<FormValue> values;

    /** Takes the values when they are first needed: they need the engine, which needs this. */
    public FormContracts(ObjectProvider<FormValue> values) {
        this.values = values;
    }

    /** Leaves of a task's variables those that its form shows, and adds the values that are made for it now. */
    void show(TaskEntity task, VariableMap variables) {
        Set<String> shown = of(task.getTaskDefinition().getTaskFormHandler().createTaskForm(task))
                .shown();
        variables.keySet().retainAll(shown);
        values.stream()
                .filter(value -> shown.contains(value.name()))
                .forEach(value -> variables.putValueTyped(value.name(), typed(made(value, task))));
    }

    /** What a task's form shows under a name: made now, or written by the process. */
    Object shown(TaskEntity task, String name) {
        return values.stream()
                .filter(value -> value.name().equals(name))
                .findFirst()
                .map(value -> made(value, task))
                .map(made -> made instanceof Collection<?> ? Spin.JSON(made) : made)
                .orElseGet(() -> task.getVariable(name));
    }

    /** On the application's behalf: who reads the form need not have a right to what makes the value. */
    private static Object made(FormValue value, TaskEntity task) {
        String request = task.getProcessInstance().getBusinessKey();
        return Context.getCommandContext().runWithoutAuthorization(() -> value.of(request));
    }

    private static TypedValue typed(Object value) {
        return value instanceof Collection<?>
                ? SpinValues.jsonValue(Spin.JSON(value).toString()).create()
                : Variables.untypedValue(value);
    }

    /** The contract of a form; without a form nothing may be submitted. */
    FormContract of(FormData formData) {
        CamundaFormRef reference = formData.getCamundaFormRef();
        if (reference == null || reference.getKey() == null) {
            return FormContract.NOTHING;
        }
        CommandContext context = Context.getCommandContext();
        CamundaFormDefinition form =
                context.runWithoutAuthorization(new GetCamundaFormDefinitionCmd(reference, formData.getDeploymentId()));
        if (form == null) {
            throw new IllegalStateException("the form " + reference.getKey() + " is not deployed");
        }
        return byResource.computeIfAbsent(
                form.getDeploymentId() + "/" + form.getResourceName(),
                resource -> read(context.runWithoutAuthorization(
                        new GetDeploymentResourceCmd(form.getDeploymentId(), form.getResourceName()))));
    }

    private static FormContract read(InputStream form) {
        try (form) {
            return FormContract.parse(form.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
