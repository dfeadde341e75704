package org.accountsecurity.shop.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.util.List;
import org.accountsecurity.settings.CheckedSettings;
import org.accountsecurity.shop.DataSet;
import org.accountsecurity.testing.TestClock;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.ComponentScan;

class HttpDataSetsTest {

    /** Finds the package as the application does. */
    @ComponentScan
    static class Application {}

    private static final String FIRST = "account-security.data-sets[0].";
    private static final String SECOND = "account-security.data-sets[1].";

    private final ApplicationContextRunner application = new ApplicationContextRunner()
            .withUserConfiguration(Application.class)
            .withBean(Clock.class, TestClock::new);

    private final ApplicationContextRunner withOne = application.withPropertyValues(
            FIRST + "name=coupons", FIRST + "url=https://coupons.shop.example/", FIRST + "token=t0ken");

    @Test
    @DisplayName("without a block there is no data set")
    void withoutABlockThereIsNoDataSet() {
        application.run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(DataSet.class));
    }

    @Test
    @DisplayName("each block is a data set, with durations as ISO or short")
    void eachBlockIsADataSet() {
        withOne.withPropertyValues(
                        FIRST + "timeout=PT2S",
                        SECOND + "name=gift-cards",
                        SECOND + "url=http://gifts:8080/api",
                        SECOND + "token=other",
                        SECOND + "timeout=800ms",
                        SECOND + "retries=0")
                .run(context -> assertThat(context.getBeansOfType(DataSet.class).values())
                        .extracting(DataSet::name)
                        .containsExactlyInAnyOrder("coupons", "gift-cards"));
    }

    @ParameterizedTest
    @DisplayName("a block that can't work has a sentence that says what to set, and never what was set")
    @CsvSource(
            delimiter = '|',
            value = {
                "name    |                                | Set account-security.data-sets[0].name to a name in kebab-case.",
                "name    | GiftCards                      | Set account-security.data-sets[0].name to a name in kebab-case.",
                "url     |                                | Set account-security.data-sets[0].url to the http or https address of the service, without a query.",
                "url     | coupons.shop.example           | Set account-security.data-sets[0].url to the http or https address of the service, without a query.",
                "url     | ftp://coupons                  | Set account-security.data-sets[0].url to the http or https address of the service, without a query.",
                "url     | https://user:t0ken@coupons     | Set account-security.data-sets[0].url to the http or https address of the service, without a query.",
                "url     | https://coupons?key=t0ken      | Set account-security.data-sets[0].url to the http or https address of the service, without a query.",
                "token   |                                | Set account-security.data-sets[0].token to the service's bearer token.",
                "token   | t0ken t0ken                    | Set account-security.data-sets[0].token to the service's bearer token.",
                "timeout | 0s                             | Set account-security.data-sets[0].timeout to a duration above zero.",
                "retries | -1                             | Set account-security.data-sets[0].retries to 0 or more."
            })
    void aBlockThatCannotWorkHasASentence(String property, String value, String sentence) {
        withOne.withPropertyValues(FIRST + property + "=" + (value == null ? "" : value))
                .run(context -> {
                    assertThat(context).doesNotHaveBean(DataSet.class);
                    assertThat(wrong(context)).containsExactly(sentence);
                });
    }

    @Test
    @DisplayName("two blocks can't have one name")
    void twoBlocksCannotHaveOneName() {
        withOne.withPropertyValues(
                        SECOND + "name=coupons", SECOND + "url=https://other.shop.example", SECOND + "token=other")
                .run(context -> assertThat(wrong(context))
                        .containsExactly(
                                "Two blocks of account-security.data-sets have the name coupons; give each its own."));
    }

    @Test
    @DisplayName("the settings do not tell the token")
    void theSettingsDoNotTellTheToken() {
        assertThat(new HttpDataSetSettings("coupons", "https://x", "t0ken", null, 0, false))
                .asString()
                .doesNotContain("t0ken");
    }

    private static List<String> wrong(ApplicationContext context) {
        return CheckedSettings.wrong(Binder.get(context.getEnvironment()), HttpDataSetList.class);
    }
}
