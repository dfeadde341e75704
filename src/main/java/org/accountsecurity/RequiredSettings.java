package org.accountsecurity;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.accountsecurity.deregistration.receipt.ReceiptKeys;
import org.accountsecurity.notification.SmsSettings;
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
    private static final int MASTER_KEY_BYTES = 32;

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
        if (!isWebAddress(text("account-security.public-url"))) {
            missing.add("Set account-security.public-url to the address under which holders reach this application,"
                    + " such as https://account.shop.example.");
        }
        if (!missing.isEmpty()) {
            throw new SettingsMissingException(missing);
        }
    }

    private static boolean isMasterKey(String base64) {
        try {
            return Base64.getDecoder().decode(base64).length == MASTER_KEY_BYTES;
        } catch (IllegalArgumentException e) {
            return false;
        }
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

    private String text(String property) {
        return environment.getProperty(property, "");
    }

    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE;
    }
}
