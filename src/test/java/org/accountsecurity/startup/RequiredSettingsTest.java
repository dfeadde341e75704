package org.accountsecurity.startup;

import static org.assertj.core.api.Assertions.assertThat;

import org.accountsecurity.settings.CheckedSettings;
import org.accountsecurity.testing.RequiredArguments;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.test.context.ConfigDataApplicationContextInitializer;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;

class RequiredSettingsTest {

    private static final String DATABASE = "spring.datasource.url=jdbc:postgresql://localhost/settings";
    private static final String SECRET = "account-security.code-secret=0123456789abcdef0123456789abcdef";
    private static final String ADMIN = "account-security.admin.id=root";
    private static final String PASSWORD = "account-security.admin.password=secret";

    private static final String VAULT =
            "account-security.vault.master-key=YS1rZXktb2YtdGhpcy10ZXN0LW9mLTMyLWJ5dGVzISE=";
    private static final String SIGNATURE = "account-security.sms.signature=演示商城";
    private static final String URL = "account-security.public-url=https://account.shop.example";
    private static final String KEY = "account-security.receipt.signing-key=" + RequiredArguments.signingKey();
    private static final String REASON = "The application does not start with these settings.\n";

    private final ApplicationContextRunner application =
            new ApplicationContextRunner().withUserConfiguration(AllSettings.class, RequiredSettings.class);

    @Configuration(proxyBeanMethods = false)
    @ConfigurationPropertiesScan("org.accountsecurity")
    static class AllSettings {}

    @Test
    @DisplayName("with everything set the application starts")
    void withEverythingSetItStarts() {
        application
                .withPropertyValues(DATABASE, SECRET, ADMIN, PASSWORD, KEY, VAULT, URL, SIGNATURE)
                .withPropertyValues("server.servlet.context-path=/", "server.forward-headers-strategy=native")
                .withPropertyValues(URL + "/")
                .run(context -> assertThat(context).hasNotFailed());
    }

    @ParameterizedTest
    @DisplayName("each missing setting has a sentence that says what to set, and only that")
    @CsvSource(
            delimiter = '|',
            value = {
                "spring.datasource.url           |              | Set spring.datasource.url to the JDBC address of the database.",
                "account-security.code-secret    |              | Set account-security.code-secret to a random text of at least 32 characters, the same on every node.",
                "account-security.code-secret    | too-short    | Set account-security.code-secret to a random text of at least 32 characters, the same on every node.",
                "account-security.admin.id       |              | Set account-security.admin.id and account-security.admin.password for the first administrator.",
                "account-security.admin.password |              | Set account-security.admin.id and account-security.admin.password for the first administrator.",
                "account-security.receipt.signing-key  |              | Set account-security.receipt.signing-key to a private Ed25519 key as a JWK (kty OKP, crv Ed25519, d and x), the same on every node.",
                "account-security.receipt.signing-key  | {\"kty\":1}    | Set account-security.receipt.signing-key to a private Ed25519 key as a JWK (kty OKP, crv Ed25519, d and x), the same on every node.",
                "account-security.vault.master-key     |              | Set account-security.vault.master-key to 32 random bytes in Base64, such as `openssl rand -base64 32` prints.",
                "account-security.vault.master-key     | c2hvcnQ=     | Set account-security.vault.master-key to 32 random bytes in Base64, such as `openssl rand -base64 32` prints.",
                "account-security.vault.master-key     | not base64!  | Set account-security.vault.master-key to 32 random bytes in Base64, such as `openssl rand -base64 32` prints.",
                "account-security.sms.signature  |               | Set account-security.sms.signature to the signature that your operator has registered for your SMS, 2 to 20 characters without 【】.",
                "account-security.sms.signature  | 【账户安全】     | Set account-security.sms.signature to the signature that your operator has registered for your SMS, 2 to 20 characters without 【】.",
                "account-security.public-url     |               | Set account-security.public-url to the address under which holders reach this application, such as https://account.shop.example.",
                "account-security.public-url     | account.shop  | Set account-security.public-url to the address under which holders reach this application, such as https://account.shop.example.",
                "account-security.public-url     | ftp://a.b     | Set account-security.public-url to the address under which holders reach this application, such as https://account.shop.example.",
                "account-security.public-url     | https://a.b?c | Set account-security.public-url to the address under which holders reach this application, such as https://account.shop.example.",
                "account-security.receipt.retired-keys | not-a-key-set | Set account-security.receipt.retired-keys to the public Ed25519 keys of older receipts as a JWK set, as /.well-known/jwks.json showed them, or leave it out."
            })
    void eachMissingSettingHasASentence(String property, String value, String sentence) {
        isRefused(sentence, property + "=" + (value == null ? "" : value));
    }

    @ParameterizedTest
    @DisplayName("a path in front of every address is refused, however it is set")
    @CsvSource(
            delimiter = '|',
            value = {
                "server.servlet.context-path | /shop | Leave out server.servlet.context-path: the application works only at the root of a host, so give it a host name of its own.",
                "server.servlet.context-path | /camunda | Leave out server.servlet.context-path: the application works only at the root of a host, so give it a host name of its own.",
                "spring.mvc.servlet.path | /shop | Leave out spring.mvc.servlet.path: the application works only at the root of a host, so give it a host name of its own.",
                "camunda.bpm.webapp.application-path | /engine | Leave out camunda.bpm.webapp.application-path: the application works only at the root of a host, so give it a host name of its own.",
                "account-security.public-url | https://shop.example/account | Leave out the path of account-security.public-url: the application works only at the root of a host, so give it a host name of its own.",
                "server.forward-headers-strategy | framework | Set server.forward-headers-strategy to native: framework would believe an address and a path prefix that the client made up."
            })
    void aPathInFrontOfEveryAddressIsRefused(String property, String value, String sentence) {
        isRefused(sentence, property + "=" + value);
    }

    @ParameterizedTest
    @DisplayName("each wrong setting of the gateways has a sentence that says what to set")
    @CsvSource(
            delimiter = '|',
            value = {
                "spring.mail.host=smtp.example | Set account-security.mail.from to the address that mail is sent from.",
                "account-security.sms.url=sms.example | Set account-security.sms.url to the http or https address of the gateway.",
                "account-security.sms.gateways[1].url=https://sms.example | Set account-security.sms.gateways to a value of its kind.",
                "account-security.sms.gateways[0].url=https://me:secret@sms.example | Set account-security.sms.gateways[0].url to the http or https address of the gateway.",
                "account-security.sms.gateways[0].body={} | Set account-security.sms.gateways[0].body to a JSON object with {to} and with {text} or {parameters}, and besides them {key} and {template} alone.",
                "account-security.sms.gateways[0].body={\"a\": \"{to} {text} {phone}\"} | Set account-security.sms.gateways[0].body to a JSON object with {to} and with {text} or {parameters}, and besides them {key} and {template} alone.",
                "account-security.sms.gateways[0].body=<sms/> | Set account-security.sms.gateways[0].body to a JSON object.",
                "account-security.sms.gateways[0].body={\"a\": \"{to} {parameters} {template}\"} | Set account-security.sms.gateways[0].templates to the gateway's names of the templates; it lacks account-closed, account-closed-former, account-not-closed, deregistration-committed, deregistration-committed-former, deregistration-requested, deregistration-requested-former, open-items-settled, owner-notice, phone-changed-former, phone-changed-new, phone-changed-old, verification-code.",
                "account-security.sms.gateways[0].headers.Host=sms.example | Set account-security.sms.gateways[0].headers to headers of visible ASCII, other than those that the client sets itself.",
                "account-security.sms.gateways[0].headers.Authorization=密码 | Set account-security.sms.gateways[0].headers to headers of visible ASCII, other than those that the client sets itself.",
                "account-security.sms.gateways[0].idempotency-header=a b | Set account-security.sms.gateways[0].idempotency-header to the name of a header.",
                "account-security.sms.gateways[0].signature-secret=short | Set account-security.sms.gateways[0].signature-secret to a random text of at least 32 characters that the gateway knows too.",
                "account-security.sms.gateways[0].connect-timeout=0s | Set account-security.sms.gateways[0].connect-timeout to a duration above zero, 10s at most.",
                "account-security.sms.gateways[0].read-timeout=11s | Set account-security.sms.gateways[0].read-timeout to a duration above zero, 10s at most.",
                "account-security.sms.gateways[0].read-timeout=soon | Set account-security.sms.gateways[0].read-timeout to a value of its kind.",
                "account-security.sms.gateways[0].success.pointer=/code | Set account-security.sms.gateways[0].success to a pointer such as /code and the value that stands there when a message is accepted.",
                "account-security.sms.breaker.calls=0 | Set account-security.sms.breaker.calls to a number from 1 to 100.",
                "account-security.sms.breaker.failure-rate=101 | Set account-security.sms.breaker.failure-rate to a percentage from 1 to 100.",
                "account-security.drain=-1s | Set account-security.drain to a duration, or leave it out.",
                "account-security.phone-regions=XX | Set account-security.phone-regions to ISO 3166 codes of regions, such as CN, HK.",
                "account-security.rehearsal.memory=plenty | Set account-security.rehearsal.memory to a size such as 384m.",
                "account-security.watching.days-at-risk=-1 | Set account-security.watching.days-at-risk to 0 or more.",
                "account-security.watching.read-every=soon | Set account-security.watching.read-every to a value of its kind.",
                "account-security.export.at-once=0 | Set account-security.export.at-once to a number from 1 to 16.",
                "account-security.workers.topics.risk.reads=a b | Set account-security.workers.topics.risk.reads to names of process variables.",
                "account-security.sms.breaker.open-for=0s | Set account-security.sms.breaker.open-for to a duration above zero.",
                "account-security.sms.receipts.secret=short | Set account-security.sms.receipts.secret to a random text of at least 32 characters that the gateways know too, or leave it out."
            })
    void eachWrongSettingOfTheGatewaysHasASentence(String setting, String sentence) {
        String gateway = setting.contains("gateways[0]") && !setting.contains("[0].url")
                ? "account-security.sms.gateways[0].url=https://sms.example"
                : "account-security.unused=";
        isRefused(sentence, gateway, setting);
    }

    @Test
    @DisplayName("one address or a list of gateways, not both; and all of them in bounded time")
    void oneAddressOrAList() {
        application
                .withPropertyValues(DATABASE, SECRET, ADMIN, PASSWORD, KEY, VAULT, URL, SIGNATURE)
                .withPropertyValues(
                        "account-security.sms.url=https://sms.example",
                        "account-security.sms.gateways[0].url=https://sms.example",
                        "account-security.sms.gateways[0].read-timeout=10s")
                .run(context -> assertThat(context)
                        .getFailure()
                        .hasMessage(
                                REASON + "Set account-security.sms.url or account-security.sms.gateways, not both."));
        application
                .withPropertyValues(DATABASE, SECRET, ADMIN, PASSWORD, KEY, VAULT, URL, SIGNATURE)
                .withPropertyValues(
                        "account-security.sms.gateways[0].url=https://sms.example",
                        "account-security.sms.gateways[0].connect-timeout=10s",
                        "account-security.sms.gateways[0].read-timeout=10s",
                        "account-security.sms.gateways[1].url=https://sms.example",
                        "account-security.sms.gateways[1].read-timeout=10s")
                .run(
                        context -> assertThat(context)
                                .getFailure()
                                .hasMessage(
                                        REASON
                                                + "Set the timeouts of account-security.sms.gateways so that they last 30 seconds at most, all together."));
    }

    @Test
    @DisplayName("a setting's own value is never told")
    void aSettingsValueIsNeverTold() {
        application
                .withPropertyValues("account-security.code-secret=too-short", PASSWORD)
                .run(context -> assertThat(context.getStartupFailure())
                        .message()
                        .doesNotContain("too-short")
                        .hasLineCount(8));
    }

    @Test
    @DisplayName("no settings tell their secrets")
    void noSettingsTellTheirSecrets() {
        demo("demo")
                .run(context -> assertThat(
                                context.getBeansOfType(CheckedSettings.class).values())
                        .hasSizeGreaterThan(10)
                        .allSatisfy(settings -> assertThat(settings.toString())
                                .doesNotContain("demo-secret", "ZGVtby1r", "VDqN86Og", "password=admin")));
    }

    @ParameterizedTest
    @DisplayName("the demo starts beside no profile that is not meant for it, in either order")
    @ValueSource(strings = {"production,demo", "demo,production", "demo,postgres,staging"})
    void theDemoStartsBesideNoStranger(String profiles) {
        demo(profiles)
                .run(context -> assertThat(context)
                        .getFailure()
                        .isInstanceOf(StartRefusedException.class)
                        .hasMessageContaining("Start with the profile demo or the profile ")
                        .hasMessageContaining(profiles.contains("staging") ? "staging" : "production"));
    }

    @ParameterizedTest
    @DisplayName("the demo starts by itself, and on PostgreSQL")
    @ValueSource(strings = {"", "demo", "demo,postgres,no-ddl", "demo,postgres,migrate"})
    void theDemoStarts(String profiles) {
        demo(profiles).run(context -> assertThat(context).hasNotFailed());
    }

    @ParameterizedTest
    @DisplayName("outside the demo none of its public secrets is taken, however it is written")
    @CsvSource(
            delimiter = '|',
            value = {
                "account-security.code-secret | demo-secret-that-is-public-and-protects-nothing",
                "account-security.admin.password | admin",
                "account-security.vault.master-key | ZGVtby1rZXktdGhhdC1wcm90ZWN0cy1ub3RoaW5nISE=",
                "account-security.vault.master-key | ZGVtby1rZXktdGhhdC1wcm90ZWN0cy1ub3RoaW5nISE",
                "account-security.receipt.signing-key | {\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"d\":\"VDqN86OgQ4F7D8TiUhovZSevQ93XoTrnOFxOHJIkVI4\",\"x\":\"Fa78PsR9BYGuVvBm6aKS4QRrT3mbvq7xWVLyluA9xp0\"}",
                "account-security.receipt.signing-key | {\"d\": \"VDqN86OgQ4F7D8TiUhovZSevQ93XoTrnOFxOHJIkVI4\", \"x\": \"Fa78PsR9BYGuVvBm6aKS4QRrT3mbvq7xWVLyluA9xp0\", \"crv\": \"Ed25519\", \"kty\": \"OKP\"}"
            })
    void noPublicSecretIsTaken(String property, String secret) {
        isRefused(
                "Set " + property + " to a secret of your own: everybody can read the demo's.",
                property + "=" + secret);
    }

    @ParameterizedTest
    @DisplayName("outside the demo no H2 is the database, in a file, in memory or elsewhere")
    @ValueSource(strings = {"jdbc:h2:file:./data/account-security", "jdbc:h2:mem:any", "jdbc:h2:tcp://database/any"})
    void noH2IsTheDatabase(String url) {
        isRefused(
                "Set spring.datasource.url to a database of PostgreSQL: H2 is for the demo.",
                "spring.datasource.url=" + url);
    }

    /** With the settings that are shipped. */
    private ApplicationContextRunner demo(String profiles) {
        return application
                .withInitializer(new ConfigDataApplicationContextInitializer())
                .withPropertyValues("spring.profiles.active=" + profiles);
    }

    /** Where all that must be set is set, and something is otherwise. */
    private void isRefused(String sentence, String... settings) {
        application
                .withPropertyValues(DATABASE, SECRET, ADMIN, PASSWORD, KEY, VAULT, URL, SIGNATURE)
                .withPropertyValues(settings)
                .run(context -> assertThat(context)
                        .getFailure()
                        .isInstanceOf(StartRefusedException.class)
                        .hasMessage(REASON + sentence));
    }
}
