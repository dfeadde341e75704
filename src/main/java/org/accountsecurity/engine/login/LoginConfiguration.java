package org.accountsecurity.engine.login;

import static org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher.pathPattern;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import java.util.stream.Stream;
import org.accountsecurity.engine.brand.Brand;
import org.accountsecurity.engine.gate.Refusal;
import org.accountsecurity.engine.gate.RefusalAnswer;
import org.accountsecurity.engine.identity.Groups;
import org.accountsecurity.engine.webapp.TasklistRequests;
import org.accountsecurity.shop.Accounts;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.webapp.impl.security.auth.ContainerBasedAuthenticationFilter;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.session.autoconfigure.DefaultCookieSerializerCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.core.env.Profiles;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authentication.ProviderManager;
import org.springframework.security.authentication.dao.DaoAuthenticationProvider;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.core.GrantedAuthorityDefaults;
import org.springframework.security.crypto.factory.PasswordEncoderFactories;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.AccessDeniedHandlerImpl;
import org.springframework.security.web.authentication.HttpStatusEntryPoint;
import org.springframework.security.web.authentication.LoginUrlAuthenticationEntryPoint;
import org.springframework.security.web.context.SecurityContextHolderFilter;
import org.springframework.security.web.savedrequest.NullRequestCache;
import org.springframework.security.web.util.matcher.OrRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.session.Session;
import org.springframework.session.SessionRepository;
import org.springframework.session.web.http.SessionRepositoryFilter;

/** Login for holders and staff, and the paths that each may request; all others are denied. */
@Configuration(proxyBeanMethods = false)
class LoginConfiguration {

    private static final int AFTER_SPRING_SECURITY = 0;
    /** The content security policy of pages outside of the webapp. */
    private static final String OWN_PAGES =
            "default-src 'self'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'; object-src 'none'";

    private static final String[] ASSETS = {
        "/pages.css", "/old-browser.js", "/favicon.ico", Brand.WEBAPP + "/favicon.ico"
    };
    /** Probes of load balancers; they give no reasons. */
    private static final String[] PROBES = {
        "/livez", "/readyz", "/actuator/health/liveness", "/actuator/health/readiness"
    };

    private static final String API = Brand.WEBAPP + "/api/**";
    /** Signed instead of logged in, where a secret is set. */
    private static final String DELIVERY_RECEIPTS = "/sms/receipts";

    private static final String LOGOUT = Brand.WEBAPP + "/api/admin/auth/user/default/logout";
    private static final String[] STAFF = {Groups.ADMINISTRATOR, Groups.PROCESS_OWNER, Groups.SUPPORT};

    @Bean
    SecurityFilterChain frontDoor(
            HttpSecurity http,
            Accounts accounts,
            IdentityService identity,
            LoginThrottle throttle,
            AccountSessions sessions,
            Environment environment) {
        DaoAuthenticationProvider holders = new DaoAuthenticationProvider(new HolderLogins(accounts));
        holders.setPasswordEncoder(PasswordEncoderFactories.createDelegatingPasswordEncoder());
        boolean demo = environment.acceptsProfiles(Profiles.of("demo"));
        ProviderManager logins = new ProviderManager(holders, new StaffLogins(identity, Set.of(Groups.WORKER)));
        return http.authenticationManager(new ThrottledLogins(logins, throttle, accounts))
                .addFilterAfter(sessions, SecurityContextHolderFilter.class)
                .authorizeHttpRequests(requests -> {
                    if (demo) {
                        requests.requestMatchers("/inbox", "/inbox/**")
                                .permitAll()
                                .requestMatchers("/edit")
                                .hasAuthority(Groups.PROCESS_OWNER);
                    }
                    if (!environment
                            .getProperty("account-security.sms.receipts.secret", "")
                            .isEmpty()) {
                        requests.requestMatchers(HttpMethod.POST, DELIVERY_RECEIPTS)
                                .permitAll();
                    }
                    requests.dispatcherTypeMatchers(DispatcherType.ERROR)
                            .permitAll()
                            .requestMatchers("/login")
                            .permitAll()
                            .requestMatchers(ASSETS)
                            .permitAll()
                            .requestMatchers("/receipt", "/.well-known/jwks.json")
                            .permitAll()
                            .requestMatchers(PROBES)
                            .permitAll()
                            .requestMatchers(HttpMethod.GET, "/not-me/*")
                            .permitAll()
                            .requestMatchers(HttpMethod.POST, "/not-me/*")
                            .permitAll()
                            .requestMatchers("/actuator/health", "/actuator/health/**", "/actuator/prometheus")
                            .hasAuthority(Groups.ADMINISTRATOR)
                            .requestMatchers(Brand.WEBAPP + "/api/admin/setup/**", Brand.WEBAPP + "/app/*/*/setup/**")
                            .denyAll()
                            .requestMatchers(Brand.WEBAPP + "/api/admin/auth/user/*/login/**")
                            .denyAll()
                            .requestMatchers(Brand.WEBAPP + "/api/engine/engine/*/external-task/fetchAndLock")
                            .denyAll()
                            .requestMatchers("/export", "/own-requests")
                            .hasAuthority(Groups.ACCOUNT_HOLDER)
                            .requestMatchers(HttpMethod.POST, "/own-requests/*/withdrawal")
                            .hasAuthority(Groups.ACCOUNT_HOLDER)
                            .requestMatchers(HttpMethod.GET, "/trail")
                            .hasAnyAuthority(STAFF)
                            .requestMatchers(
                                    "/",
                                    Brand.WEBAPP,
                                    Brand.WEBAPP + "/",
                                    Brand.WEBAPP + "/app",
                                    Brand.WEBAPP + "/app/")
                            .authenticated()
                            .requestMatchers(new TasklistRequests())
                            .authenticated()
                            .requestMatchers(
                                    Brand.WEBAPP + "/app/**",
                                    Brand.WEBAPP + "/static/**",
                                    Brand.WEBAPP + "/lib/**",
                                    Brand.WEBAPP + "/assets/**",
                                    API)
                            .hasAnyAuthority(STAFF)
                            .anyRequest()
                            .denyAll();
                })
                .csrf(csrf -> csrf.ignoringRequestMatchers(Brand.WEBAPP + "/**", DELIVERY_RECEIPTS))
                .formLogin(form -> form.loginPage("/login")
                        .successHandler((request, response, login) -> {
                            sessions.begin(request, login);
                            response.sendRedirect(LoginController.TASKLIST);
                        })
                        // Spring's own handler keeps the exception in the session, and with it what was typed
                        .failureHandler((request, response, failure) -> response.sendRedirect("/login?error")))
                .logout(logout -> logout.logoutRequestMatcher(pathPattern(HttpMethod.POST, LOGOUT))
                        .logoutSuccessHandler((request, response, authentication) ->
                                response.setStatus(HttpServletResponse.SC_NO_CONTENT)))
                .exceptionHandling(refused -> refused.defaultAuthenticationEntryPointFor(
                                new HttpStatusEntryPoint(HttpStatus.UNAUTHORIZED),
                                new OrRequestMatcher(pathPattern(API), LoginConfiguration::asksForNoPage))
                        .defaultAuthenticationEntryPointFor(toLogin(), pathPattern("/**"))
                        .defaultAccessDeniedHandlerFor(
                                (request, response, denied) -> new RefusalAnswer(Refusal.FORBIDDEN).write(response),
                                pathPattern(API))
                        .defaultAccessDeniedHandlerFor(LoginConfiguration::onceMore, onOwnForm())
                        .defaultAccessDeniedHandlerFor(new AccessDeniedHandlerImpl(), pathPattern("/**")))
                // after a login comes Tasklist; a refused request must not begin a session, whose cookie would replace
                // that of the login page
                .requestCache(cache -> cache.requestCache(new NullRequestCache()))
                .headers(headers -> headers.referrerPolicy(policy -> {})
                        .contentSecurityPolicy(policy -> policy.policyDirectives(OWN_PAGES)))
                .build();
    }

    /**
     * A page that is still open after its session asks for data, scripts and pictures. The login page in their place would
     * begin a session each time, and the login page that the browser shows would be out of date.
     */
    private static boolean asksForNoPage(HttpServletRequest request) {
        String accepted = request.getHeader(HttpHeaders.ACCEPT);
        return accepted != null && !accepted.contains(MediaType.TEXT_HTML_VALUE);
    }

    private static RequestMatcher onOwnForm() {
        return new OrRequestMatcher(Stream.of("/login", "/receipt", "/not-me/*")
                .map(page -> (RequestMatcher) pathPattern(HttpMethod.POST, page))
                .toList());
    }

    /** Shows a form again whose session has ended; nothing of it was read. */
    private static void onceMore(HttpServletRequest request, HttpServletResponse response, AccessDeniedException denied)
            throws IOException {
        response.sendRedirect(request.getRequestURI() + "?again");
    }

    /** A relative redirect, as the host comes from the client. */
    private static LoginUrlAuthenticationEntryPoint toLogin() {
        LoginUrlAuthenticationEntryPoint entryPoint = new LoginUrlAuthenticationEntryPoint("/login");
        entryPoint.setFavorRelativeUris(true);
        return entryPoint;
    }

    @Bean
    AccountSessions accountSessions(Accounts accounts, ObjectProvider<SessionRepository<? extends Session>> sessions) {
        return new AccountSessions(accounts, sessions);
    }

    /**
     * Static files of the login page get no session: saving one while the login changes its id would restore the old id
     * and lose the login.
     */
    @Bean
    FilterRegistrationBean<Filter> assetsWithoutSession() {
        FilterRegistrationBean<Filter> registration = new FilterRegistrationBean<>((request, response, chain) -> {
            request.setAttribute(SessionRepositoryFilter.class.getName() + ".FILTERED", true);
            chain.doFilter(request, response);
        });
        registration.setName("Assets without session");
        registration.setOrder(SessionRepositoryFilter.DEFAULT_ORDER - 1);
        registration.addUrlPatterns(ASSETS);
        return registration;
    }

    /** The servlet container's own name of a session's cookie is also that of the engine's filters. */
    @Bean
    DefaultCookieSerializerCustomizer sessionCookieName() {
        return cookie -> cookie.setCookieName("SESSION");
    }

    /** Spring Security runs it, not the servlet container as well. */
    @Bean
    FilterRegistrationBean<AccountSessions> accountSessionsOnlyBehindTheDoor(AccountSessions sessions) {
        FilterRegistrationBean<AccountSessions> registration = new FilterRegistrationBean<>(sessions);
        registration.setEnabled(false);
        return registration;
    }

    /** A role is the id of a group. */
    @Bean
    static GrantedAuthorityDefaults rolesWithoutPrefix() {
        return new GrantedAuthorityDefaults("");
    }

    /** Behind Spring Security and before Camunda's own filters. */
    @Bean
    FilterRegistrationBean<ContainerBasedAuthenticationFilter> camundaLoginBridge() {
        FilterRegistrationBean<ContainerBasedAuthenticationFilter> bridge =
                new FilterRegistrationBean<>(new ContainerBasedAuthenticationFilter());
        bridge.setName("Spring login bridge");
        bridge.setOrder(AFTER_SPRING_SECURITY);
        bridge.addInitParameter("authentication-provider", SpringLoginBridge.class.getName());
        bridge.addUrlPatterns(Brand.WEBAPP + "/app/*", Brand.WEBAPP + "/api/*");
        return bridge;
    }
}
