package org.accountsecurity.engine.webapp;

import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class WebappConfiguration {

    /** Behind Spring Security, so that it is known who asks, and before all of Camunda's filters. */
    private static final int ORDER = -1;

    @Bean
    FilterRegistrationBean<RefusalFilter> refusalFilter() {
        FilterRegistrationBean<RefusalFilter> filter = new FilterRegistrationBean<>(new RefusalFilter());
        filter.setOrder(ORDER);
        filter.addUrlPatterns("/camunda/api/*");
        return filter;
    }
}
