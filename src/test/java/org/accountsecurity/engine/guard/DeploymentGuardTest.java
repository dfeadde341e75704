package org.accountsecurity.engine.guard;

import static org.assertj.core.api.Assertions.assertThat;

import org.accountsecurity.ApplicationTest;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@ApplicationTest
class DeploymentGuardTest {

    @Autowired
    DeploymentGuard guard;

    @Test
    @DisplayName("what is shipped passes")
    void whatIsShippedPasses() {
        assertThat(guard.findings(new ModelEdit().files())).isEmpty();
    }
}
