package org.accountsecurity.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.accountsecurity.request.FormValues;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.repository.ProcessDefinition;
import org.camunda.bpm.model.bpmn.instance.UserTask;
import org.springframework.context.ApplicationContext;
import org.springframework.core.io.ClassPathResource;

/** Makes what our own engine makes for a form, for the contenders whose engine does not. */
final class ShownValues {

    private final Map<String, List<FormValues>> byTask = new HashMap<>();

    ShownValues(ApplicationContext context) {
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

    private static String form(String name) {
        try {
            return new ClassPathResource("forms/" + name + ".form").getContentAsString(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
