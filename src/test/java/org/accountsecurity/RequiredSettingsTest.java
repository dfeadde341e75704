package org.accountsecurity;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class RequiredSettingsTest {

    private static final String DATABASE = "spring.datasource.url=jdbc:h2:mem:settings";
    private static final String SECRET = "account-security.code-secret=0123456789abcdef0123456789abcdef";
    private static final String ADMIN = "account-security.admin.id=root";
    private static final String PASSWORD = "account-security.admin.password=secret";

    private static final String VAULT =
            "account-security.vault.master-key=YS1rZXktb2YtdGhpcy10ZXN0LW9mLTMyLWJ5dGVzISE=";
    private static final String URL = "account-security.public-url=https://account.shop.example";
    private static final String KEY = "account-security.receipt.signing-key="
            + "{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"d\":\"VDqN86OgQ4F7D8TiUhovZSevQ93XoTrnOFxOHJIkVI4\","
            + "\"x\":\"Fa78PsR9BYGuVvBm6aKS4QRrT3mbvq7xWVLyluA9xp0\"}";

    private final ApplicationContextRunner application =
            new ApplicationContextRunner().withUserConfiguration(RequiredSettings.class);

    @Test
    @DisplayName("with everything set the application starts")
    void withEverythingSetItStarts() {
        application
                .withPropertyValues(DATABASE, SECRET, ADMIN, PASSWORD, KEY, VAULT, URL)
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
                "account-security.public-url     |               | Set account-security.public-url to the address under which holders reach this application, such as https://account.shop.example.",
                "account-security.public-url     | account.shop  | Set account-security.public-url to the address under which holders reach this application, such as https://account.shop.example.",
                "account-security.public-url     | ftp://a.b     | Set account-security.public-url to the address under which holders reach this application, such as https://account.shop.example.",
                "account-security.public-url     | https://a.b?c | Set account-security.public-url to the address under which holders reach this application, such as https://account.shop.example.",
                "account-security.receipt.retired-keys | not-a-key-set | Set account-security.receipt.retired-keys to the public Ed25519 keys of older receipts as a JWK set, as /.well-known/jwks.json showed them, or leave it out."
            })
    void eachMissingSettingHasASentence(String property, String value, String sentence) {
        application
                .withPropertyValues(DATABASE, SECRET, ADMIN, PASSWORD, KEY, VAULT, URL)
                .withPropertyValues(property + "=" + (value == null ? "" : value))
                .run(context -> assertThat(context)
                        .getFailure()
                        .isInstanceOf(SettingsMissingException.class)
                        .hasMessage(sentence));
    }

    @Test
    @DisplayName("a setting's own value is never told")
    void aSettingsValueIsNeverTold() {
        application
                .withPropertyValues("account-security.code-secret=too-short", PASSWORD)
                .run(context -> assertThat(context.getStartupFailure())
                        .message()
                        .doesNotContain("too-short")
                        .hasLineCount(6));
    }
}
