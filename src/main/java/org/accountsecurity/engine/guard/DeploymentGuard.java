package org.accountsecurity.engine.guard;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.impl.persistence.deploy.Deployer;
import org.camunda.bpm.engine.impl.persistence.entity.DeploymentEntity;
import org.springframework.stereotype.Component;

/** Refuses an unsafe deployment whole, before anything of it is parsed. */
@Component
public class DeploymentGuard implements Deployer {

    private final List<Check> checks;
    private final Beans beans;

    DeploymentGuard(List<Check> checks, Beans beans) {
        this.checks = checks;
        this.beans = beans;
    }

    /** What is wrong with these files, by name; nothing if they may be deployed. */
    public List<Finding> findings(Map<String, byte[]> files) {
        Models models = new Models(files, beans);
        // what can't be read is missing everywhere: whatever else could be said would mislead
        return models.unreadable().isEmpty()
                ? checks.stream()
                        .flatMap(check -> check.findings(models))
                        .distinct()
                        .toList()
                : List.copyOf(models.unreadable());
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
                    findings.stream().map(Finding::toString).collect(Collectors.joining("\n")));
        }
    }
}
