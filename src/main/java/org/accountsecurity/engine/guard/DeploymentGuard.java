package org.accountsecurity.engine.guard;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.accountsecurity.text.Sentence;
import org.camunda.bpm.engine.impl.persistence.deploy.Deployer;
import org.camunda.bpm.engine.impl.persistence.entity.DeploymentEntity;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Refuses an unsafe deployment as a whole, before the engine parses it. */
@Component
public class DeploymentGuard implements Deployer {

    private static final Logger LOG = LoggerFactory.getLogger(DeploymentGuard.class);

    /** Most findings shown for one file. */
    private static final int MOST = 20;

    private final List<Check> checks;

    DeploymentGuard(List<Check> checks) {
        this.checks = checks;
    }

    /** The findings in these files, limited for each file; empty if they may be deployed. */
    public List<Finding> findings(Map<String, byte[]> files) {
        Models models = new Models(files);
        // findings about other files would mislead, as they refer to the unreadable ones
        Map<String, List<Finding>> byFile = (models.unreadable.isEmpty()
                        ? checked(models, files.keySet())
                        : models.unreadable.stream())
                .distinct()
                .collect(Collectors.groupingBy(Finding::file, LinkedHashMap::new, Collectors.toList()));
        return byFile.entrySet().stream()
                .flatMap(found -> firstOf(found.getKey(), found.getValue()))
                .toList();
    }

    private static Stream<Finding> firstOf(String file, List<Finding> findings) {
        int rest = findings.size() - MOST + 1;
        return findings.size() <= MOST
                ? findings.stream()
                : Stream.concat(
                        findings.stream().limit(MOST - 1),
                        Stream.of(new Finding(file, Sentence.of("guard.more-findings", "count", rest))));
    }

    /** A check may fail on what another check refuses; only without other findings the failure itself is one. */
    private Stream<Finding> checked(Models models, Set<String> files) {
        List<Finding> findings = new ArrayList<>();
        long failed =
                checks.stream().filter(check -> fails(check, models, findings)).count();
        return failed > 0 && findings.isEmpty()
                ? Stream.of(new Finding(String.join(", ", files), Sentence.of("guard.check-failed")))
                : findings.stream();
    }

    private static boolean fails(Check check, Models models, List<Finding> findings) {
        try {
            findings.addAll(check.findings(models).toList());
            return false;
        } catch (RuntimeException | StackOverflowError e) {
            LOG.error(
                    "{} failed: report this with the files that were deployed",
                    check.getClass().getSimpleName(),
                    e);
            return true;
        }
    }

    /**
     * Checks a new deployment; older ones were checked before.
     *
     * @throws UnsafeDeploymentException if there are findings
     */
    @Override
    public void deploy(DeploymentEntity deployment) {
        if (!deployment.isNew()) {
            return;
        }
        Map<String, byte[]> files = new LinkedHashMap<>();
        deployment.getResources().forEach((name, resource) -> files.put(name, resource.getBytes()));
        List<Finding> findings = findings(files);
        if (!findings.isEmpty()) {
            throw new UnsafeDeploymentException(
                    Sentence.of("guard.refused"),
                    findings.stream().map(Finding::line).toList());
        }
    }
}
