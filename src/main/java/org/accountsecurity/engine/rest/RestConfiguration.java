package org.accountsecurity.engine.rest;

import org.accountsecurity.engine.worker.ExternalTasks;
import org.accountsecurity.engine.worker.WorkerResource;
import org.camunda.bpm.engine.rest.impl.CamundaRestResources;
import org.glassfish.jersey.inject.hk2.AbstractBinder;
import org.glassfish.jersey.server.ResourceConfig;
import org.glassfish.jersey.servlet.ServletContainer;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class RestConfiguration {

    /**
     * A servlet beside those of the webapp, since Camunda's own starter does not start on Spring Boot 4: two resources, with
     * the engine's own way of reading requests and telling failures.
     */
    @Bean
    ServletRegistrationBean<ServletContainer> engineRest(ExternalTasks tasks) {
        ResourceConfig resources = new ResourceConfig()
                .registerClasses(CamundaRestResources.getConfigurationClasses())
                .registerClasses(ModelerResource.class, WorkerResource.class)
                .register(new AbstractBinder() {
                    @Override
                    protected void configure() {
                        bind(tasks).to(ExternalTasks.class);
                    }
                });
        ServletRegistrationBean<ServletContainer> servlet =
                new ServletRegistrationBean<>(new ServletContainer(resources), "/engine-rest/*");
        servlet.setName("Engine REST");
        return servlet;
    }
}
