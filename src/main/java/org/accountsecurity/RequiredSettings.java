package org.accountsecurity;

import java.util.ArrayList;
import java.util.List;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.context.EnvironmentAware;
import org.springframework.core.Ordered;
import org.springframework.core.PriorityOrdered;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** Refuses to start without what only the operator can set; the profile {@code demo} brings its own. */
@Component
class RequiredSettings implements BeanFactoryPostProcessor, EnvironmentAware, PriorityOrdered {

    private static final int SECRET_LENGTH = 32;

    private Environment environment;

    @Override
    public void setEnvironment(Environment environment) {
        this.environment = environment;
    }

    @Override
    public void postProcessBeanFactory(ConfigurableListableBeanFactory beanFactory) {
        List<String> missing = new ArrayList<>();
        if (text("spring.datasource.url").isBlank()) {
            missing.add("Set spring.datasource.url to the JDBC address of the database.");
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
        if (!missing.isEmpty()) {
            throw new SettingsMissingException(missing);
        }
    }

    private String text(String property) {
        return environment.getProperty(property, "");
    }

    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE;
    }
}
