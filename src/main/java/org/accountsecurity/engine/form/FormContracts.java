package org.accountsecurity.engine.form;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.camunda.bpm.engine.form.CamundaFormRef;
import org.camunda.bpm.engine.form.FormData;
import org.camunda.bpm.engine.impl.cmd.GetCamundaFormDefinitionCmd;
import org.camunda.bpm.engine.impl.cmd.GetDeploymentResourceCmd;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.camunda.bpm.engine.impl.persistence.entity.TaskEntity;
import org.camunda.bpm.engine.repository.CamundaFormDefinition;

/** The contracts of deployed forms; a deployed form never changes, so each is read once. */
public class FormContracts {

    private final Map<String, FormContract> byResource = new ConcurrentHashMap<>();

    /** The names of the variables that a task's form shows. */
    public Set<String> shownBy(TaskEntity task) {
        return of(task.getTaskDefinition().getTaskFormHandler().createTaskForm(task))
                .shown();
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
