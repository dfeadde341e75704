package org.accountsecurity.startup;

import java.util.List;
import java.util.stream.Stream;
import org.camunda.bpm.engine.IdentityService;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/** Refuses, outside the demo, a database in which the demo has created staff, whose passwords are public. */
@Component
@Profile("!demo")
class DemoLeftBehind implements SmartInitializingSingleton {

    private final IdentityService identity;

    DemoLeftBehind(IdentityService identity) {
        this.identity = identity;
    }

    @Override
    public void afterSingletonsInstantiated() {
        List<String> staff = Stream.of("admin", "owner", "support", "worker")
                .filter(user -> identity.checkPassword(user, user))
                .toList();
        if (!staff.isEmpty()) {
            throw new StartRefusedException(
                    "The demo has filled this database: whoever knows it can log in as " + String.join(", ", staff)
                            + ".",
                    "Set spring.datasource.url to an empty database.\n"
                            + "If this one is the shop's own, change these passwords with the version that ran before.");
        }
    }
}
