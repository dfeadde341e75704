package org.accountsecurity.engine.login;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.accountsecurity.ApplicationTest;
import org.accountsecurity.TestClock;
import org.accountsecurity.Visitor;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

@ApplicationTest
class LoginThrottleTest {

    private static final String HOME = "198.51.100.1";

    @LocalServerPort
    int port;

    @Autowired
    LoginThrottle throttle;

    @Autowired
    TestClock clock;

    @Test
    @DisplayName("ten attempts in ten spellings of one account's logins are ten attempts at one account")
    void tenSpellingsAreOneAccount() {
        String[] spellings = {
            "13800138001", "+8613800138001", "0086 138 0013 8001", "138-0013-8001", "1380013 8001",
            "１３８００１３８００１", " 13800138001 ", "(138)00138001", "demo-10001@example.com", "DEMO-10001@EXAMPLE.COM"
        };
        for (String spelling : spellings) {
            new Visitor(port).login(spelling, "wrong");
        }

        assertThat(new Visitor(port).login("138 0013 8001", "Demo-10001").location())
                .endsWith("?error");
        clock.forward(Duration.ofMinutes(15));
        assertThat(new Visitor(port).login("138 0013 8001", "Demo-10001").location())
                .doesNotContain("?error");
    }

    @Test
    @DisplayName("strangers from many networks are stopped, and the holder logs in from where the holder has before")
    void strangersDontLockTheHolderOut() {
        throttle.succeeded("acct-10001", HOME);
        for (int i = 0; i < 50; i++) {
            assertThat(throttle.charge("acct-10001", "203.0.113." + i)).isTrue();
        }

        assertThat(throttle.charge("acct-10001", "203.0.113.200")).isFalse();
        assertThat(throttle.charge("acct-10001", HOME)).isTrue();
        clock.forward(Duration.ofMinutes(15));
        assertThat(throttle.charge("acct-10001", "203.0.113.200")).isTrue();
    }

    @Test
    @DisplayName("a network is stopped after a hundred attempts, whatever it tries")
    void aNetworkIsStopped() {
        for (int i = 0; i < 100; i++) {
            assertThat(throttle.charge("1380013" + (9000 + i), HOME)).isTrue();
        }

        assertThat(throttle.charge("acct-10001", HOME)).isFalse();
        assertThat(throttle.charge("acct-10001", "203.0.113.1")).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "2001:db8:0:1::1, 2001:db8:0:1:ffff::2, true",
        "2001:db8::1, 2001:0db8:0000:0000:1234::1, true",
        "2001:db8:0:1::1, 2001:db8:0:2::1, false",
        "198.51.100.1, 198.51.100.2, false"
    })
    @DisplayName("what one client has of IPv6 addresses is one network")
    void oneClientIsOneNetwork(String address, String other, boolean same) {
        for (int i = 0; i < 10; i++) {
            throttle.charge("acct-10001", address);
        }

        assertThat(throttle.charge("acct-10001", other)).isNotEqualTo(same);
    }
}
