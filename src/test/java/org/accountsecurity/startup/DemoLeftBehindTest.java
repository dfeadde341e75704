package org.accountsecurity.startup;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.accountsecurity.testing.ApplicationTest;
import org.camunda.bpm.engine.IdentityService;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What a node outside the demo finds in a database of the demo. */
@ApplicationTest
class DemoLeftBehindTest {

    @Autowired
    IdentityService identity;

    @Test
    @DisplayName("a node outside the demo does not start on a database of the demo")
    void itDoesNotStart() {
        assertThatThrownBy(new DemoLeftBehind(identity)::afterSingletonsInstantiated)
                .isInstanceOf(StartRefusedException.class)
                .hasMessageContaining("admin, owner, support, worker")
                .hasMessageContaining("Set spring.datasource.url to an empty database.");
    }
}
