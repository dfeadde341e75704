package org.accountsecurity.startup;

import java.util.Map;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;

/** Lets commands run without a port, whatever ports the environment sets for nodes. */
public class WithoutServer implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        // the address of the demo takes its port from the last one
        Map<String, Object> ports = Map.of("server.port", -1, "management.server.port", -1, "local.server.port", 0);
        context.getEnvironment().getPropertySources().addFirst(new MapPropertySource("withoutServer", ports));
    }
}
