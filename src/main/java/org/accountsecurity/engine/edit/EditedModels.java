package org.accountsecurity.engine.edit;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.accountsecurity.engine.guard.DeploymentFailure;
import org.accountsecurity.engine.guard.UnsafeDeploymentException;
import org.accountsecurity.engine.rehearsal.DeploymentRehearsal;
import org.accountsecurity.engine.rehearsal.RehearsalFailedException;
import org.accountsecurity.engine.rehearsal.RehearsalFinding;
import org.accountsecurity.text.Sentence;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.repository.DeploymentBuilder;
import org.camunda.bpm.engine.repository.DeploymentWithDefinitions;
import org.camunda.bpm.engine.spring.SpringProcessEngineConfiguration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/** Deploys all models and forms together, as every start does, and keeps the outcome. */
@Component
@Profile("demo")
class EditedModels {

    private static final Logger LOG = LoggerFactory.getLogger(EditedModels.class);

    private final ProcessEngine engine;
    private final DeploymentRehearsal rehearsal;
    private final Clock clock;

    private volatile State state = new State(null, List.of(), null, List.of(), Rehearsed.NOTHING);

    EditedModels(ProcessEngine engine, DeploymentRehearsal rehearsal, Clock clock) {
        this.engine = engine;
        this.rehearsal = rehearsal;
        this.clock = clock;
    }

    /** The last deployment, the last refusal after it, and the findings of the rehearsal. */
    record State(
            Instant deployedAt, List<String> deployed, Instant refusedAt, List<Sentence> refusal, Rehearsed rehearsed) {

        private State accepted(Rehearsed found) {
            return new State(deployedAt, deployed, null, List.of(), found);
        }

        private State refused(Instant at, List<Sentence> sentences, Rehearsed found) {
            return new State(deployedAt, deployed, at, sentences, found);
        }
    }

    /** Findings, and the files that they are about. */
    record Rehearsed(List<RehearsalFinding> findings, Map<String, String> contents) {

        private static final Rehearsed NOTHING = new Rehearsed(List.of(), Map.of());
    }

    /** The steps taken by the rehearsal in progress; negative if there is none. */
    int steps() {
        return rehearsal.steps();
    }

    State state() {
        return state;
    }

    /** Deploys all files if one has changed, as bindings stay within one deployment. */
    void deploy(Map<String, String> contents) {
        List<Sentence> unreadable = contents.entrySet().stream()
                .filter(file -> file.getValue().contains(ModelFolders.NO_CHARACTER))
                .map(file -> Sentence.of("edit.not-utf8", "file", file.getKey()))
                .toList();
        if (!unreadable.isEmpty()) {
            refuse(
                    Stream.concat(Stream.of(Sentence.of("edit.unreadable")), unreadable.stream())
                            .toList(),
                    Rehearsed.NOTHING);
            return;
        }
        try {
            List<String> versions = versions(deployment(contents).deployWithResult());
            Rehearsed rehearsed = new Rehearsed(rehearsal.lastFindings(bytes(contents)), contents);
            if (versions.isEmpty()) {
                state = state.accepted(rehearsed);
            } else {
                state = new State(clock.instant(), versions, null, List.of(), rehearsed);
                LOG.info("Deployed {}", String.join(", ", versions));
            }
        } catch (RehearsalFailedException e) {
            refuse(e.ownLines(), new Rehearsed(e.report().findings(), contents));
        } catch (UnsafeDeploymentException e) {
            refuse(DeploymentFailure.lines(e), Rehearsed.NOTHING);
        } catch (RuntimeException | Error e) {
            refuse(DeploymentFailure.lines(e), Rehearsed.NOTHING);
            LOG.error("The engine failed to deploy what was saved", e);
        }
    }

    private void refuse(List<Sentence> refusal, Rehearsed rehearsed) {
        state = state.refused(clock.instant(), refusal, rehearsed);
        LOG.warn(
                "Not deployed:\n{}",
                Stream.concat(refusal.stream(), rehearsed.findings().stream().map(RehearsalFinding::line))
                        .map(Sentence::toString)
                        .collect(Collectors.joining("\n")));
    }

    private static Map<String, byte[]> bytes(Map<String, String> contents) {
        return contents.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, file -> file.getValue().getBytes(StandardCharsets.UTF_8)));
    }

    /** Uses the name of the deployment at the start, so that the next start finds nothing new. */
    private DeploymentBuilder deployment(Map<String, String> contents) {
        SpringProcessEngineConfiguration configuration =
                (SpringProcessEngineConfiguration) engine.getProcessEngineConfiguration();
        String name = configuration.getDeploymentName();
        DeploymentBuilder deployment =
                engine.getRepositoryService().createDeployment().name(name);
        contents.forEach((file, content) -> deployment.addString(file, content));
        // the filter compares the given files only: it would miss a deleted file, and a restored one
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
