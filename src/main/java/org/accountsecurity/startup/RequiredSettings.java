package org.accountsecurity.startup;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import org.accountsecurity.deregistration.receipt.ReceiptKeys;
import org.accountsecurity.engine.brand.Brand;
import org.accountsecurity.gateway.SmsSettings;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.context.EnvironmentAware;
import org.springframework.core.Ordered;
import org.springframework.core.PriorityOrdered;
import org.springframework.core.env.Environment;
import org.springframework.core.env.Profiles;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Component;

/**
 * Refuses to start without the settings that only the operator can make, and with settings that are safe only in the
 * demo; the profile {@code demo} brings its own.
 */
@Component
class RequiredSettings implements BeanFactoryPostProcessor, EnvironmentAware, PriorityOrdered {

    private static final String DEMO = "demo";
    /** They change where the demo runs and open nothing; the last one is that of the tests. */
    private static final Set<String> BESIDE_DEMO = Set.of(DEMO, "postgres", "no-ddl", "migrate", "test");

    private static final int SECRET_LENGTH = 32;
    private static final int MASTER_KEY_BYTES = 32;
    /** Settings that would move every address, and what they are by themselves. */
    private static final SortedMap<String, String> PREFIXES = new TreeMap<>(Map.of(
            "server.servlet.context-path",
            "/",
            "spring.mvc.servlet.path",
            "/",
            Brand.SETTINGS + ".webapp.application-path",
            Brand.WEBAPP));

    private static final String DATABASE = "spring.datasource.url";

    /** Secrets of the demo, and when another text is the same secret. */
    private static final Map<String, BiPredicate<String, String>> PUBLIC_IN_THE_DEMO = Map.of(
            "account-security.code-secret", String::equals,
            "account-security.admin.password", String::equals,
            "account-security.receipt.signing-key", ReceiptKeys::isSameSigningKey,
            "account-security.vault.master-key", RequiredSettings::isSameMasterKey);

    private Environment environment;

    @Override
    public void setEnvironment(Environment environment) {
        this.environment = environment;
    }

    @Override
    public void postProcessBeanFactory(ConfigurableListableBeanFactory beanFactory) {
        List<String> wrong = missing();
        wrong.addAll(environment.acceptsProfiles(Profiles.of(DEMO)) ? strangersToTheDemo() : onlyForTheDemo());
        if (!wrong.isEmpty()) {
            throw new StartRefusedException(
                    "The application does not start with these settings.", String.join("\n", wrong));
        }
    }

    private List<String> missing() {
        List<String> missing = new ArrayList<>();
        if (text(DATABASE).isBlank()) {
            missing.add("Set " + DATABASE + " to the JDBC address of the database.");
        }
        if (text("account-security.code-secret").length() < SECRET_LENGTH) {
            missing.add("Set account-security.code-secret to a random text of at least " + SECRET_LENGTH
                    + " characters, the same on every node.");
        }
        if (text("account-security.admin.id").isBlank()
                || text("account-security.admin.password").isBlank()) {
            missing.add(
                    "Set account-security.admin.id and account-security.admin.password for the first administrator.");
        }
        if (!ReceiptKeys.isSigningKey(text("account-security.receipt.signing-key"))) {
            missing.add(
                    "Set account-security.receipt.signing-key to a private Ed25519 key as a JWK (kty OKP, crv Ed25519,"
                            + " d and x), the same on every node.");
        }
        if (!ReceiptKeys.areRetiredKeys(text("account-security.receipt.retired-keys"))) {
            missing.add(
                    "Set account-security.receipt.retired-keys to the public Ed25519 keys of older receipts as a JWK"
                            + " set, as /.well-known/jwks.json showed them, or leave it out.");
        }
        if (!isMasterKey(text("account-security.vault.master-key"))) {
            missing.add("Set account-security.vault.master-key to 32 random bytes in Base64, such as"
                    + " `openssl rand -base64 32` prints.");
        }
        if (!text("spring.mail.host").isBlank()
                && text("account-security.mail.from").isBlank()) {
            missing.add("Set account-security.mail.from to the address that mail is sent from.");
        }
        missing.addAll(SmsSettings.wrong(environment));
        missing.addAll(prefixes());
        if (!isWebAddress(text("account-security.public-url"))) {
            missing.add("Set account-security.public-url to the address under which holders reach this application,"
                    + " such as https://account.shop.example.");
        }
        return missing;
    }

    private List<String> strangersToTheDemo() {
        return Arrays.stream(environment.getActiveProfiles())
                .filter(profile -> !BESIDE_DEMO.contains(profile))
                .map(profile -> "Start with the profile demo or the profile " + profile
                        + ", not both: the demo's messages and passwords are open to everybody.")
                .toList();
    }

    private List<String> onlyForTheDemo() {
        List<String> wrong = new ArrayList<>();
        if (isH2(environment)) {
            wrong.add("Set spring.datasource.url to a database of PostgreSQL: H2 is for the demo.");
        }
        PropertySource<?> demo = demo();
        PUBLIC_IN_THE_DEMO.forEach((property, same) -> {
            if (same.test(text(property), String.valueOf(demo.getProperty(property)))) {
                wrong.add("Set " + property + " to a secret of your own: everybody can read the demo's.");
            }
        });
        return wrong;
    }

    /** What the profile brings, from where it is written. */
    private static PropertySource<?> demo() {
        try {
            return new YamlPropertySourceLoader()
                    .load(DEMO, new ClassPathResource("application.yaml")).stream()
                            .filter(document -> DEMO.equals(document.getProperty("spring.config.activate.on-profile")))
                            .findFirst()
                            .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether the application's own database is H2. */
    static boolean isH2(Environment environment) {
        return environment.getProperty(DATABASE, "").startsWith("jdbc:h2:");
    }

    private static boolean isMasterKey(String base64) {
        try {
            return Base64.getDecoder().decode(base64).length == MASTER_KEY_BYTES;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static boolean isSameMasterKey(String one, String other) {
        return isMasterKey(one)
                && Arrays.equals(
                        Base64.getDecoder().decode(one), Base64.getDecoder().decode(other));
    }

    private static boolean isWebAddress(String url) {
        try {
            URI address = new URI(url);
            return ("http".equals(address.getScheme()) || "https".equals(address.getScheme()))
                    && address.getHost() != null
                    && address.getQuery() == null
                    && address.getFragment() == null;
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private static boolean hasPath(String url) {
        return isWebAddress(url) && !URI.create(url).getPath().matches("/*");
    }

    /** Pages, forms and notices name addresses from the root of the host. */
    private List<String> prefixes() {
        List<String> wrong = new ArrayList<>();
        PREFIXES.forEach((property, usual) -> {
            if (!text(property).isBlank() && !text(property).equals(usual)) {
                wrong.add("Leave out " + property
                        + ": the application works only at the root of a host, so give it a host name of its own.");
            }
        });
        if (hasPath(text("account-security.public-url"))) {
            wrong.add("Leave out the path of account-security.public-url: the application works only at the root of a"
                    + " host, so give it a host name of its own.");
        }
        if ("framework".equalsIgnoreCase(text("server.forward-headers-strategy"))) {
            wrong.add("Set server.forward-headers-strategy to native: framework would believe an address and a path"
                    + " prefix that the client made up.");
        }
        return wrong;
    }

    private String text(String property) {
        return environment.getProperty(property, "");
    }

    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE;
    }
}
