package org.accountsecurity.benchmark;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.accountsecurity.AccountSecurityApplication;
import org.accountsecurity.engine.identity.Groups;
import org.accountsecurity.gateway.SilentGateways;
import org.camunda.bpm.engine.AuthorizationService;
import org.camunda.bpm.engine.authorization.Authorization;
import org.camunda.bpm.engine.authorization.Permission;
import org.camunda.bpm.engine.authorization.Permissions;
import org.camunda.bpm.engine.authorization.ProcessDefinitionPermissions;
import org.camunda.bpm.engine.authorization.Resource;
import org.camunda.bpm.engine.authorization.Resources;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.OctetKeyPairJsonWebKey;
import org.jose4j.jwk.OkpJwkGenerator;
import org.jose4j.lang.JoseException;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.TypeExcludeFilter;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.type.classreading.MetadataReader;
import org.springframework.core.type.classreading.MetadataReaderFactory;

/** The application as a contender runs it. */
final class ContenderApplication {

    private static final String TEST_CLASSES = "test-classes";
    /** By which ours differs from a stock engine. */
    private static final Set<String> ENGINE_PLUGINS =
            Set.of("engineSettings", "engineIndexes", "engineSetup", "modelExpressions", "namedResources");

    private ContenderApplication() {}

    /** What must be set outside the demo; port 0 is any that is free. */
    static List<String> settings(String database, int port) {
        return List.of(
                "--spring.profiles.active=postgres",
                "--spring.datasource.url=" + database,
                "--spring.datasource.username=postgres",
                "--server.port=" + port,
                "--server.servlet.session.cookie.secure=false",
                "--account-security.drain=0s",
                "--account-security.sms.signature=账户安全",
                "--account-security.code-secret=a-secret-of-the-benchmark-of-32-characters",
                "--account-security.vault.master-key=YS1rZXktb2YtdGhpcy10ZXN0LW9mLTMyLWJ5dGVzISE=",
                "--account-security.public-url=https://account.shop.example",
                "--account-security.admin.id=root",
                "--account-security.admin.password=root-password",
                "--account-security.receipt.signing-key=" + signingKey());
    }

    private static String signingKey() {
        try {
            return OkpJwkGenerator.generateJwk(OctetKeyPairJsonWebKey.SUBTYPE_ED25519)
                    .toJson(JsonWebKey.OutputControlLevel.INCLUDE_PRIVATE);
        } catch (JoseException e) {
            throw new IllegalStateException(e);
        }
    }

    static ConfigurableApplicationContext run(Kind kind, StatementCount count, List<String> settings) {
        SpringApplication application = new SpringApplication(AccountSecurityApplication.class, SilentGateways.class);
        application.addInitializers(context -> {
            context.getBeanFactory().registerSingleton("withoutTests", new WithoutTests());
            context.getBeanFactory().addBeanPostProcessor(count);
            if (kind == Kind.STOCK) {
                BeanFactoryPostProcessor stock =
                        factory -> ENGINE_PLUGINS.forEach(((BeanDefinitionRegistry) factory)::removeBeanDefinition);
                context.addBeanFactoryPostProcessor(stock);
            }
            if (kind == Kind.UNGATED) {
                context.getBeanFactory().registerSingleton("ungated", new Ungated());
                context.getBeanFactory().addBeanPostProcessor(new Ungated());
            }
        });
        ConfigurableApplicationContext context = application.run(
                Stream.concat(settings.stream(), kind.settings().stream()).toArray(String[]::new));
        if (kind == Kind.STOCK) {
            grant(context, Resources.PROCESS_INSTANCE, Permissions.CREATE);
            grant(
                    context,
                    Resources.PROCESS_DEFINITION,
                    ProcessDefinitionPermissions.READ,
                    ProcessDefinitionPermissions.CREATE_INSTANCE);
        }
        return context;
    }

    private static void grant(ConfigurableApplicationContext context, Resource resource, Permission... permissions) {
        AuthorizationService authorizations = context.getBean(AuthorizationService.class);
        if (authorizations
                        .createAuthorizationQuery()
                        .groupIdIn(Groups.ACCOUNT_HOLDER)
                        .resourceType(resource)
                        .count()
                > 0) {
            return;
        }
        Authorization authorization = authorizations.createNewAuthorization(Authorization.AUTH_TYPE_GRANT);
        authorization.setGroupId(Groups.ACCOUNT_HOLDER);
        authorization.setResource(resource);
        authorization.setResourceId(Authorization.ANY);
        authorization.setPermissions(permissions);
        authorizations.saveAuthorization(authorization);
    }

    /** The application's scan finds what the tests have put beside it. */
    private static final class WithoutTests extends TypeExcludeFilter {

        @Override
        public boolean match(MetadataReader reader, MetadataReaderFactory factory) {
            return reader.getResource().getDescription().contains(TEST_CLASSES);
        }

        @Override
        public boolean equals(Object other) {
            return this == other;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(this);
        }
    }
}
