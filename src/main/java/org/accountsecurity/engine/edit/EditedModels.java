package org.accountsecurity.engine.edit;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.accountsecurity.engine.guard.Refusal;
import org.accountsecurity.engine.guard.UnsafeDeploymentException;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.repository.DeploymentBuilder;
import org.camunda.bpm.engine.repository.DeploymentWithDefinitions;
import org.camunda.bpm.engine.spring.SpringProcessEngineConfiguration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/** Deploys all models and forms together, as every start of the application does, and knows how that went. */
@Component
@Profile("demo")
class EditedModels {

    private static final Logger LOG = LoggerFactory.getLogger(EditedModels.class);

    private final ProcessEngine engine;
    private final Clock clock;

    private volatile State state = new State(null, List.of(), null, List.of());

    EditedModels(ProcessEngine engine, Clock clock) {
        this.engine = engine;
        this.clock = clock;
    }

    /** What was deployed last, and why what was saved after it was not. */
    record State(Instant deployedAt, List<String> deployed, Instant refusedAt, List<String> refusal) {

        private State accepted() {
            return new State(deployedAt, deployed, null, List.of());
        }

        private State refused(Instant at, List<String> sentences) {
            return new State(deployedAt, deployed, at, sentences);
        }
    }

    State state() {
        return state;
    }

    /** Makes new versions of everything if anything has changed: what belongs together is found by its deployment. */
    void deploy(Map<String, String> contents) {
        List<String> unreadable = contents.entrySet().stream()
                .filter(file -> file.getValue().contains(ModelFolders.NO_CHARACTER))
                .map(file -> file.getKey() + " 不是 UTF-8 编码。请用 Camunda Modeler 打开检查后重新保存。")
                .toList();
        if (!unreadable.isEmpty()) {
            refuse("有文件无法读取：\n" + String.join("\n", unreadable));
            return;
        }
        try {
            List<String> versions = versions(deployment(contents).deployWithResult());
            if (versions.isEmpty()) {
                state = state.accepted();
            } else {
                state = new State(clock.instant(), versions, null, List.of());
                LOG.info("Deployed {}", String.join(", ", versions));
            }
        } catch (UnsafeDeploymentException e) {
            refuse(Refusal.reason(e));
        } catch (RuntimeException | Error e) {
            refuse(Refusal.reason(e));
            LOG.error("The engine failed to deploy what was saved", e);
        }
    }

    private void refuse(String reason) {
        List<String> sentences = reason.lines().filter(line -> !line.isBlank()).toList();
        state = state.refused(clock.instant(), sentences);
        LOG.warn("Not deployed:\n{}", String.join("\n", sentences));
    }

    /** Under the name that a start deploys under, without a source as there: the next start finds nothing new. */
    private DeploymentBuilder deployment(Map<String, String> contents) {
        SpringProcessEngineConfiguration configuration =
                (SpringProcessEngineConfiguration) engine.getProcessEngineConfiguration();
        String name = configuration.getDeploymentName();
        DeploymentBuilder deployment =
                engine.getRepositoryService().createDeployment().name(name);
        contents.forEach((file, content) -> deployment.addString(file, content));
        // the engine compares what it is given: it misses no file, and takes one that is back for one that never left
        return latestFiles(name).equals(contents.keySet()) ? deployment.enableDuplicateFiltering(false) : deployment;
    }

    private Set<String> latestFiles(String name) {
        RepositoryService repository = engine.getRepositoryService();
        return repository
                .createDeploymentQuery()
                .deploymentName(name)
                .orderByDeploymentTime()
                .desc()
                .listPage(0, 1)
                .stream()
                .flatMap(latest -> repository.getDeploymentResourceNames(latest.getId()).stream())
                .collect(Collectors.toSet());
    }

    /** Names and versions of what was deployed, empty if it was there already. */
    private static List<String> versions(DeploymentWithDefinitions deployment) {
        List<String> versions = new ArrayList<>();
        if (deployment.getDeployedProcessDefinitions() != null) {
            deployment
                    .getDeployedProcessDefinitions()
                    .forEach(process -> versions.add(process.getName() + " v" + process.getVersion()));
        }
        if (deployment.getDeployedDecisionDefinitions() != null) {
            deployment
                    .getDeployedDecisionDefinitions()
                    .forEach(decision -> versions.add(decision.getName() + " v" + decision.getVersion()));
        }
        return versions;
    }
}
