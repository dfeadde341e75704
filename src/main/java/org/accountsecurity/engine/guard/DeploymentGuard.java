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

/** Refuses an unsafe deployment whole, before anything of it is parsed. */
@Component
public class DeploymentGuard implements Deployer {

    private static final Logger LOG = LoggerFactory.getLogger(DeploymentGuard.class);

    /** Lines about one file. */
    private static final int MOST = 20;

    private final List<Check> checks;

    DeploymentGuard(List<Check> checks) {
        this.checks = checks;
    }

    /** What is wrong with these files, by name, at most so much of each; nothing if they may be deployed. */
    public List<Finding> findings(Map<String, byte[]> files) {
        Models models = new Models(files);
        // what can't be read is missing everywhere: whatever else could be said would mislead
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

    /** A check may fail over what another one refuses; only where none has found anything is that a finding of its own. */
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
     * Checks what is new; what was deployed before has been checked.
     *
     * @throws UnsafeDeploymentException if something is wrong
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
