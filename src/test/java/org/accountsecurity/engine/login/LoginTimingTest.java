package org.accountsecurity.engine.login;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.accountsecurity.testing.JourneyTest;
import org.accountsecurity.testing.Visitor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.security.authentication.ProviderManager;
import org.springframework.security.authentication.dao.DaoAuthenticationProvider;
import org.springframework.security.crypto.factory.PasswordEncoderFactories;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.UsernamePasswordAuthenticationFilter;
import org.springframework.test.util.ReflectionTestUtils;

/**
 * The time of a login is that of comparing a slow hash, so that comparisons are counted and nothing is timed: as many
 * whatever is wrong with a login.
 */
class LoginTimingTest extends JourneyTest {

    @Autowired
    SecurityFilterChain frontDoor;

    private final AtomicInteger comparisons = new AtomicInteger();
    private DaoAuthenticationProvider holders;

    @BeforeEach
    void countComparisons() {
        PasswordEncoder encoder = PasswordEncoderFactories.createDelegatingPasswordEncoder();
        rows.update("update account set password_hash = ?", encoder.encode("Demo-10001"));
        UsernamePasswordAuthenticationFilter login = frontDoor.getFilters().stream()
                .filter(UsernamePasswordAuthenticationFilter.class::isInstance)
                .map(UsernamePasswordAuthenticationFilter.class::cast)
                .findFirst()
                .orElseThrow();
        ThrottledLogins throttled = (ThrottledLogins) ReflectionTestUtils.getField(login, "authenticationManager");
        ProviderManager logins = (ProviderManager) ReflectionTestUtils.getField(throttled, "logins");
        holders = (DaoAuthenticationProvider) logins.getProviders().get(0);
        holders.setPasswordEncoder(new PasswordEncoder() {
            @Override
            public String encode(CharSequence typed) {
                return encoder.encode(typed);
            }

            @Override
            public boolean matches(CharSequence typed, String hash) {
                assertThat(hash).startsWith("{bcrypt}$2a$10$");
                comparisons.incrementAndGet();
                return encoder.matches(typed, hash);
            }
        });
    }

    @AfterEach
    void countNoMore() {
        holders.setPasswordEncoder(PasswordEncoderFactories.createDelegatingPasswordEncoder());
    }

    @ParameterizedTest
    @DisplayName("a wrong login and an unknown one cost one comparison, as the right one does")
    @CsvSource({
        "13800138001, Demo-10001",
        "13800138001, wrong",
        "13899999999, wrong",
        "nobody@example.com, wrong",
        "acct-10001, wrong",
        "'${1+1}', wrong",
        "nobody, wrong"
    })
    void aLoginCostsOneComparison(String login, String password) {
        new Visitor(port).login(login, password);

        assertThat(comparisons).hasValue(1);
    }

    @ParameterizedTest
    @DisplayName("the login of an account that is not open costs one comparison, with the right password too")
    @ValueSource(strings = {"LOCKED", "CLOSING", "CLOSED"})
    void aLoginOfAnAccountThatIsNotOpenCostsOne(String status) {
        rows.update("update account set status = ? where id = 'acct-10001'", status);

        assertThat(new Visitor(port).login("13800138001", "Demo-10001").location())
                .endsWith("?error");
        assertThat(comparisons).hasValue(1);
        assertThat(new Visitor(port).login("13800138001", "wrong").location()).endsWith("?error");
        assertThat(comparisons).hasValue(2);
    }

    @Test
    @DisplayName("a throttled login costs one comparison, whether the password is right, wrong, or of nobody")
    void aThrottledLoginCostsOneComparison() {
        for (String login : new String[] {"13800138001", "13899999999"}) {
            for (int i = 0; i < 15; i++) {
                new Visitor(port).login(login, "wrong");
            }
            comparisons.set(0);

            assertThat(new Visitor(port).login(login, "Demo-10001").location()).endsWith("?error");
            assertThat(comparisons).hasValue(1);
            assertThat(new Visitor(port).login(login, "wrong").location()).endsWith("?error");
            assertThat(comparisons).hasValue(2);
        }
    }
}
