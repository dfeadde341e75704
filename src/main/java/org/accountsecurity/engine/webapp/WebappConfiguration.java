package org.accountsecurity.engine.webapp;

import jakarta.servlet.Filter;
import org.accountsecurity.engine.brand.Brand;
import org.accountsecurity.engine.status.ProcessKeys;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.io.support.ResourcePatternResolver;

@Configuration(proxyBeanMethods = false)
class WebappConfiguration {

    /** After Spring Security, which knows the user, and before the filters of the webapp. */
    private static final int ORDER = -2;

    @Bean
    FilterRegistrationBean<PlainPathFilter> plainPathFilter() {
        FilterRegistrationBean<PlainPathFilter> filter = new FilterRegistrationBean<>(new PlainPathFilter());
        filter.setOrder(Ordered.HIGHEST_PRECEDENCE);
        return filter;
    }

    /** Before the filter that sets the locale of the thread. */
    @Bean
    FilterRegistrationBean<LanguageFilter> languageFilter() {
        FilterRegistrationBean<LanguageFilter> filter = new FilterRegistrationBean<>(new LanguageFilter());
        filter.setOrder(Ordered.HIGHEST_PRECEDENCE + 1);
        return filter;
    }

    @Bean
    StaticFiles staticFiles(ResourcePatternResolver resources) {
        return new StaticFiles(resources);
    }

    @Bean
    FilterRegistrationBean<StaticFileFilter> staticFileFilter(StaticFiles files) {
        FilterRegistrationBean<StaticFileFilter> filter = new FilterRegistrationBean<>(new StaticFileFilter(files));
        filter.setOrder(ORDER - 1);
        filter.addUrlPatterns(Brand.WEBAPP + "/*", "/pages.css", "/favicon.ico");
        return filter;
    }

    @Bean
    FilterRegistrationBean<HolderAnswerFilter> holderAnswerFilter() {
        return api(new HolderAnswerFilter(), ORDER);
    }

    @Bean
    FilterRegistrationBean<QueryBodyFilter> queryBodyFilter() {
        return api(new QueryBodyFilter(), ORDER + 1);
    }

    @Bean
    FilterRegistrationBean<TranslatedNames> translatedNames(ProcessKeys processes) {
        return api(new TranslatedNames(processes), ORDER + 2);
    }

    private static <T extends Filter> FilterRegistrationBean<T> api(T filter, int order) {
        FilterRegistrationBean<T> registration = new FilterRegistrationBean<>(filter);
        registration.setOrder(order);
        registration.addUrlPatterns(Brand.WEBAPP + "/api/*");
        return registration;
    }
}
