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

    /** A second Jersey servlet with two resources, as Camunda's REST starter does not start on Spring Boot 4. */
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
