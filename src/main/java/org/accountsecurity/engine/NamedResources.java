package org.accountsecurity.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.camunda.bpm.engine.impl.cfg.AbstractProcessEnginePlugin;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.spring.SpringProcessEngineConfiguration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.Resource;
import org.springframework.stereotype.Component;

/** Deploys each model and form under its file name, without its path on this machine. */
@Component
@Order(Ordered.LOWEST_PRECEDENCE)
class NamedResources extends AbstractProcessEnginePlugin {

    @Override
    public void preInit(ProcessEngineConfigurationImpl configuration) {
        SpringProcessEngineConfiguration spring = (SpringProcessEngineConfiguration) configuration;
        spring.setDeploymentResources(Arrays.stream(spring.getDeploymentResources())
                .map(NamedResources::named)
                .toArray(Resource[]::new));
    }

    private static Resource named(Resource resource) {
        try {
            return new ByteArrayResource(resource.getContentAsByteArray()) {

                /** The engine takes it for the name of the resource. */
                @Override
                public String getDescription() {
                    return Path.of(resource.getFilename()).getFileName().toString();
                }
            };
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
