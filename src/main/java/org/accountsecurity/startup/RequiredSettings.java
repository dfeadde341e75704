package org.accountsecurity.startup;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.accountsecurity.engine.brand.Brand;
import org.accountsecurity.settings.CheckedSettings;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
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

    /** Settings that would move every address, and what they are by themselves. */
    private static final SortedMap<String, String> PREFIXES = new TreeMap<>(Map.of(
            "server.servlet.context-path",
            "/",
            "spring.mvc.servlet.path",
            "/",
            Brand.SETTINGS + ".webapp.application-path",
            Brand.WEBAPP));

    private static final String DATABASE = "spring.datasource.url";

    private Environment environment;

    @Override
    public void setEnvironment(Environment environment) {
        this.environment = environment;
    }

    @Override
    public void postProcessBeanFactory(ConfigurableListableBeanFactory beanFactory) {
        List<Class<? extends CheckedSettings>> all = Stream.of(
                        beanFactory.getBeanNamesForType(CheckedSettings.class, true, false))
                .<Class<? extends CheckedSettings>>map(
                        name -> beanFactory.getType(name).asSubclass(CheckedSettings.class))
                .toList();
        List<String> wrong = missing();
        all.forEach(settings -> wrong.addAll(CheckedSettings.wrong(Binder.get(environment), settings)));
        wrong.addAll(environment.acceptsProfiles(Profiles.of(DEMO)) ? strangersToTheDemo() : onlyForTheDemo(all));
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
        if (!text("spring.mail.host").isBlank()
                && text("account-security.mail.from").isBlank()) {
            missing.add("Set account-security.mail.from to the address that mail is sent from.");
        }
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

    private List<String> onlyForTheDemo(List<Class<? extends CheckedSettings>> all) {
        List<String> wrong = new ArrayList<>();
        if (isH2(environment)) {
            wrong.add("Set spring.datasource.url to a database of PostgreSQL: H2 is for the demo.");
        }
        Binder demo = new Binder(ConfigurationPropertySources.from(demo()));
        all.forEach(settings -> CheckedSettings.secrets(Binder.get(environment), settings)
                .forEach((property, secret) -> {
                    if (secret.equals(CheckedSettings.secrets(demo, settings).get(property))) {
                        wrong.add("Set " + property + " to a secret of your own: everybody can read the demo's.");
                    }
                }));
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
