package org.accountsecurity.engine.login;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.accountsecurity.engine.Groups;
import org.accountsecurity.engine.webapp.Refusals;
import org.accountsecurity.shop.Accounts;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.rest.security.auth.ProcessEngineAuthenticationFilter;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.core.env.Profiles;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.security.authentication.ProviderManager;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.HttpStatusEntryPoint;
import org.springframework.security.web.header.HeaderWriterFilter;
import org.springframework.web.filter.OncePerRequestFilter;

/** The side door for Camunda Modeler: a process owner's password with every request, three requests, no session. */
@Configuration(proxyBeanMethods = false)
class ModelerLoginConfiguration {

    private static final int AFTER_SPRING_SECURITY = 0;
    private static final String REST = "/engine-rest";

    @Bean
    @Order(0)
    SecurityFilterChain modelerDoor(
            HttpSecurity http,
            Accounts accounts,
            IdentityService identity,
            LoginThrottle throttle,
            Environment environment) {
        // without a challenge no browser keeps the password, and sends it along with what another site makes it post
        HttpStatusEntryPoint unauthorized = new HttpStatusEntryPoint(HttpStatus.UNAUTHORIZED);
        ThrottledLogins logins =
                new ThrottledLogins(new ProviderManager(new StaffLogins(identity)), throttle, accounts);
        if (!environment.acceptsProfiles(Profiles.of("demo"))) {
            http.addFilterAfter(new SecureOnly(), HeaderWriterFilter.class);
        }
        return http.securityMatcher(REST + "/**")
                .authenticationManager(logins)
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .csrf(AbstractHttpConfigurer::disable)
                .httpBasic(basic -> basic.authenticationEntryPoint(unauthorized))
                .authorizeHttpRequests(
                        requests -> requests.requestMatchers(HttpMethod.GET, REST + "/version", REST + "/deployment")
                                .hasAuthority(Groups.PROCESS_OWNER)
                                .requestMatchers(HttpMethod.POST, REST + "/deployment/create")
                                .hasAuthority(Groups.PROCESS_OWNER)
                                .anyRequest()
                                .denyAll())
                .exceptionHandling(refused -> refused.authenticationEntryPoint(unauthorized)
                        .accessDeniedHandler((request, response, denied) -> Refusals.forbidden(response)))
                .build();
    }

    /** The engine runs what Modeler asks for as the user who has logged in. */
    @Bean
    FilterRegistrationBean<ProcessEngineAuthenticationFilter> modelerLoginBridge() {
        FilterRegistrationBean<ProcessEngineAuthenticationFilter> bridge =
                new FilterRegistrationBean<>(new ProcessEngineAuthenticationFilter());
        bridge.setName("Modeler login bridge");
        bridge.setOrder(AFTER_SPRING_SECURITY);
        bridge.addInitParameter(
                ProcessEngineAuthenticationFilter.AUTHENTICATION_PROVIDER_PARAM, SpringLoginBridge.class.getName());
        bridge.addUrlPatterns(REST + "/*");
        return bridge;
    }

    /** Evaluates no password that has come in the clear. */
    private static class SecureOnly extends OncePerRequestFilter {

        @Override
        protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
                throws ServletException, IOException {
            if (request.isSecure()) {
                chain.doFilter(request, response);
            } else {
                Refusals.forbidden(response);
            }
        }
    }
}
