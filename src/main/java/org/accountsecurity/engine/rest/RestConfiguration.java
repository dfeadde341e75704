package org.accountsecurity.engine.rest;

import org.glassfish.jersey.servlet.ServletContainer;
import org.glassfish.jersey.servlet.ServletProperties;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class RestConfiguration {

    /** A servlet beside those of the webapp: Camunda's own starter does not start on Spring Boot 4. */
    @Bean
    ServletRegistrationBean<ServletContainer> modelerRest() {
        ServletRegistrationBean<ServletContainer> servlet =
                new ServletRegistrationBean<>(new ServletContainer(), "/engine-rest/*");
        servlet.setName("Modeler Api");
        servlet.addInitParameter(ServletProperties.JAXRS_APPLICATION_CLASS, ModelerApplication.class.getName());
        return servlet;
    }
}
