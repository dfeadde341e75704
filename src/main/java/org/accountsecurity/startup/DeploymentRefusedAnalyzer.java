package org.accountsecurity.startup;

import org.accountsecurity.engine.brand.Brand;
import org.accountsecurity.engine.guard.UnsafeDeploymentException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Prints what the guard has found in what is deployed at the start, and how to deploy something else. */
class DeploymentRefusedAnalyzer extends AbstractFailureAnalyzer<UnsafeDeploymentException> {

    private static final String REASON =
            "The guard refuses the diagrams, decision tables and forms that are deployed at the start,"
                    + " and tells their owner why:\n";

    private static final String REMEDY = """
            Mend the named files.
            A line about data-retention names a data set, such as one of account-security.data-sets: give it exactly one row \
            in data-retention.dmn, or take the data set out.
            Without a checkout, take processes/ and forms/ out of the jar, mend them, and deploy them in place of its own:
                unzip account-security.jar 'BOOT-INF/classes/processes/*' 'BOOT-INF/classes/forms/*'
                mv BOOT-INF/classes/processes BOOT-INF/classes/forms .
                java -jar account-security.jar \
            --""" + Brand.SETTINGS
            + ".deployment-resource-pattern=file:processes/*.bpmn,file:processes/*.dmn,file:forms/*.form";

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, UnsafeDeploymentException cause) {
        return new FailureAnalysis(REASON + cause.getMessage(), REMEDY, cause);
    }
}
