package org.accountsecurity.engine.login;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import java.util.stream.Stream;
import org.accountsecurity.engine.gate.Refusal;
import org.accountsecurity.engine.gate.RefusalAnswer;
import org.accountsecurity.engine.identity.Groups;
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

/** Access for Camunda Modeler and workers: basic authentication for a few requests, without a session. */
@Configuration(proxyBeanMethods = false)
class ModelerLoginConfiguration {

    private static final int AFTER_SPRING_SECURITY = 0;
    private static final String REST = "/engine-rest";
    private static final String[] WORKERS = Stream.concat(
                    Stream.of("/fetchAndLock"),
                    Stream.of("complete", "failure", "bpmnError", "extendLock", "unlock")
                            .map("/*/"::concat))
            .map((REST + "/external-task")::concat)
            .toArray(String[]::new);

    @Bean
    @Order(0)
    SecurityFilterChain modelerDoor(
            HttpSecurity http,
            Accounts accounts,
            IdentityService identity,
            LoginThrottle throttle,
            Environment environment) {
        // without a challenge no browser stores the password, so that other sites can't use it
        HttpStatusEntryPoint unauthorized = new HttpStatusEntryPoint(HttpStatus.UNAUTHORIZED);
        ThrottledLogins logins =
                new ThrottledLogins(new ProviderManager(new StaffLogins(identity, Set.of())), throttle, accounts);
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
                                .requestMatchers(HttpMethod.POST, WORKERS)
                                .hasAuthority(Groups.WORKER)
                                .anyRequest()
                                .denyAll())
                .exceptionHandling(refused -> refused.authenticationEntryPoint(unauthorized)
                        .accessDeniedHandler(
                                (request, response, denied) -> new RefusalAnswer(Refusal.FORBIDDEN).write(response)))
                .build();
    }

    /** The engine knows who has logged in; it runs what Modeler asks for as that user. */
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
                new RefusalAnswer(Refusal.FORBIDDEN).write(response);
            }
        }
    }
}
