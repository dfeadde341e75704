package org.accountsecurity.engine.rehearsal;

import org.accountsecurity.engine.guard.UnsafeDeploymentException;

/** Says which ways through the models came to a bad end. */
public class RehearsalFailedException extends UnsafeDeploymentException {

    private static final String HEADLINE = "这次部署没有通过排练：";

    private final transient RehearsalReport report;

    RehearsalFailedException(RehearsalReport report) {
        super(HEADLINE, String.join("\n", report.reasons()));
        this.report = report;
    }

    public String headline() {
        return HEADLINE;
    }

    public RehearsalReport report() {
        return report;
    }
}
