package org.accountsecurity.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.accountsecurity.request.FormValues;
import org.accountsecurity.request.HolderAnswers;
import org.accountsecurity.request.Statement;
import org.accountsecurity.request.StatementForms;
import org.accountsecurity.shop.Masks;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.repository.ProcessDefinition;
import org.camunda.bpm.model.bpmn.instance.UserTask;
import org.springframework.context.ApplicationContext;
import org.springframework.core.io.ClassPathResource;

/** Makes what our own engine makes for a form, and keeps what is said by it, for the contenders whose engine does neither. */
final class ShownValues {

    private static final Map<String, Statement> SAID = Map.of(
            "UserTask_ReadNotice", Statement.CONSENTED,
            "UserTask_ReadUnbindingNotice", Statement.CONSENTED,
            "UserTask_ConfirmDeregistration", Statement.CONFIRMED,
            "UserTask_ConfirmUnbinding", Statement.CONFIRMED);

    private final Map<String, List<FormValues>> byTask = new HashMap<>();
    private final HolderAnswers answers;

    ShownValues(ApplicationContext context) {
        this.answers = context.getBean(HolderAnswers.class);
        List<FormValues> values =
                context.getBeansOfType(FormValues.class).values().stream().toList();
        RepositoryService repository = context.getBean(RepositoryService.class);
        for (ProcessDefinition process :
                repository.createProcessDefinitionQuery().latestVersion().list()) {
            for (UserTask task :
                    repository.getBpmnModelInstance(process.getId()).getModelElementsByType(UserTask.class)) {
                String form = form(task.getCamundaFormRef());
                byTask.put(
                        task.getId(),
                        values.stream()
                                .filter(some -> some.names().stream()
                                        .anyMatch(name -> form.matches("(?s).*\\b" + name + "\\b.*")))
                                .toList());
            }
        }
    }

    /** The values that the form of a task shows of a request. */
    List<Object> of(String userTask, String request) {
        return byTask.getOrDefault(userTask, List.of()).stream()
                .<Object>map(some -> some.of(request))
                .toList();
    }

    /** Writes down what the holder says by this task, if it is a statement, within the transaction of the submission. */
    void answered(Work work, String userTask, String request, Holder holder) {
        Statement statement = SAID.get(userTask);
        if (statement != null) {
            answers.add(
                    request,
                    holder.account(),
                    statement,
                    userTask,
                    null,
                    StatementForms.of(work.process(), statement)
                            .noticeHash(name -> value(userTask, name, request, holder)));
        }
    }

    private Object value(String userTask, String name, String request, Holder holder) {
        return byTask.get(userTask).stream()
                .filter(some -> some.names().contains(name))
                .findFirst()
                .map(some -> some.of(request).get(name))
                .orElseGet(() -> name.equals("maskedTarget") ? Masks.mask(holder.newPhone()) : null);
    }

    private static String form(String name) {
        try {
            return new ClassPathResource("forms/" + name + ".form").getContentAsString(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
