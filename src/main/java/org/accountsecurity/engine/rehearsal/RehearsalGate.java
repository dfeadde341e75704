package org.accountsecurity.engine.rehearsal;

import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.accountsecurity.engine.gate.CommandFields;
import org.accountsecurity.engine.guard.DeploymentGuard;
import org.camunda.bpm.engine.impl.cmd.DeployCmd;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.interceptor.Command;
import org.camunda.bpm.engine.impl.interceptor.CommandInterceptor;
import org.camunda.bpm.engine.impl.persistence.entity.ResourceEntity;
import org.camunda.bpm.engine.impl.repository.DeploymentBuilderImpl;

/** Rehearses a deployment before its transaction begins, so that no database connection is held meanwhile. */
public class RehearsalGate extends CommandInterceptor {

    private final Supplier<DeploymentGuard> guard;
    private final Supplier<DeploymentRehearsal> rehearsal;

    /** Takes suppliers, as both depend on the engine, which depends on this. */
    public RehearsalGate(Supplier<DeploymentGuard> guard, Supplier<DeploymentRehearsal> rehearsal) {
        this.guard = guard;
        this.rehearsal = rehearsal;
    }

    @Override
    public <T> T execute(Command<T> command) {
        if (command instanceof DeployCmd && Context.getCommandContext() == null) {
            Map<String, byte[]> files = ((DeploymentBuilderImpl)
                            CommandFields.read(DeployCmd.class, "deploymentBuilder", command))
                    .getDeployment().getResources().values().stream()
                            .collect(Collectors.toMap(ResourceEntity::getName, ResourceEntity::getBytes));
            // the guard refuses these files itself
            if (rehearsal.get().wants(files) && guard.get().findings(files).isEmpty()) {
                RehearsalReport report = rehearsal.get().rehearse(files);
                if (!report.reasons().isEmpty()) {
                    throw new RehearsalFailedException(report);
                }
            }
        }
        return next.execute(command);
    }
}
