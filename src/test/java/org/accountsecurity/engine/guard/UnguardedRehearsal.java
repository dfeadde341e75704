package org.accountsecurity.engine.guard;

import java.io.IOException;
import java.util.List;
import org.accountsecurity.rehearsal.Rehearse;
import org.springframework.context.support.GenericApplicationContext;

/** The process of a rehearsal with a guard that lets everything pass: what the walks alone find. */
public final class UnguardedRehearsal {

    private UnguardedRehearsal() {}

    public static void main(String... known) throws IOException {
        Rehearse.run(
                context -> ((GenericApplicationContext) context)
                        .registerBean("deploymentGuard", DeploymentGuard.class, () -> new DeploymentGuard(List.of())),
                known);
    }
}
