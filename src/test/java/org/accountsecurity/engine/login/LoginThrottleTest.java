package org.accountsecurity.engine.login;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.accountsecurity.testing.JourneyTest;
import org.accountsecurity.testing.Race;
import org.accountsecurity.testing.Visitor;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

class LoginThrottleTest extends JourneyTest {

    private static final String HOME = "198.51.100.1";

    @Autowired
    LoginThrottle throttle;

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
        throttle.succeeded(throttle.charge("acct-10001", HOME), "acct-10001", HOME);
        for (int i = 0; i < 50; i++) {
            assertThat(throttle.charge("acct-10001", "203.0.113." + i).allowed())
                    .isTrue();
        }

        assertThat(throttle.charge("acct-10001", "203.0.113.200").allowed()).isFalse();
        assertThat(throttle.charge("acct-10001", HOME).allowed()).isTrue();
        clock.forward(Duration.ofMinutes(15));
        assertThat(throttle.charge("acct-10001", "203.0.113.200").allowed()).isTrue();
    }

    @Test
    @DisplayName("a network is stopped after a hundred failures, whatever it tries")
    void aNetworkIsStopped() {
        for (int i = 0; i < 100; i++) {
            assertThat(throttle.charge("1380013" + (9000 + i), HOME).allowed()).isTrue();
        }

        assertThat(throttle.charge("acct-10001", HOME).allowed()).isFalse();
        assertThat(throttle.charge("acct-10001", "203.0.113.1").allowed()).isTrue();
    }

    @Test
    @DisplayName("a hundred holders and more behind one address log in, and their failures alone are counted")
    void manyHoldersBehindOneAddressLogIn() {
        for (int i = 0; i < 150; i++) {
            assertThat(succeeds("acct-" + i, HOME)).as("login " + i).isTrue();
        }
        for (int i = 0; i < 100; i++) {
            assertThat(throttle.charge("acct-" + i, HOME).allowed())
                    .as("failure " + i)
                    .isTrue();
        }

        assertThat(succeeds("acct-10001", HOME)).isFalse();
    }

    @Test
    @DisplayName("a holder who logs in from network after network is not stopped by that")
    void aHolderOnTheMoveIsNotStopped() {
        for (int i = 0; i < 60; i++) {
            assertThat(succeeds("acct-10001", "203.0.113." + i))
                    .as("network " + i)
                    .isTrue();
        }
    }

    @Test
    @DisplayName("right and wrong passwords at once: what is left counted are the wrong ones, no more and no fewer")
    void rightAndWrongAtOnce() throws InterruptedException {
        List<Callable<?>> attempts = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            String holder = "acct-" + i;
            attempts.add(() -> succeeds(holder, HOME));
            attempts.add(() -> throttle.charge("unknown-" + holder, HOME));
        }

        for (int round = 0; round < 5; round++) {
            assertThat(Race.run(attempts)).containsOnlyNulls();
        }

        assertThat(jdbc.sql("select attempts from login_attempt where subject like 'A%'")
                        .query(Integer.class)
                        .single())
                .isEqualTo(40);
    }

    @Test
    @DisplayName("a success gives nothing back to the next quarter of an hour, which did not count it")
    void aLateSuccessGivesNothingBackToTheNextQuarter() {
        LoginThrottle.Charge slow = throttle.charge("acct-10001", HOME);
        clock.forward(Duration.ofMinutes(15));
        for (int i = 0; i < 100; i++) {
            throttle.charge("acct-" + i, HOME);
        }

        throttle.succeeded(slow, "acct-10001", HOME);

        assertThat(throttle.charge("acct-10002", HOME).allowed()).isFalse();
    }

    @Test
    @DisplayName("a right password that comes too late is refused, and is no way to get tries back")
    void aRefusedSuccessGivesNothingBack() {
        for (int i = 0; i < 10; i++) {
            new Visitor(port).login("13800138001", "wrong");
        }

        for (int i = 0; i < 2; i++) {
            assertThat(new Visitor(port).login("13800138001", "Demo-10001").location())
                    .endsWith("?error");
        }
        assertThat(jdbc.sql("select attempts from login_attempt where subject like 'A%'")
                        .query(Integer.class)
                        .single())
                .isEqualTo(12);
    }

    private boolean succeeds(String login, String address) {
        LoginThrottle.Charge charge = throttle.charge(login, address);
        if (charge.allowed()) {
            throttle.succeeded(charge, login, address);
        }
        return charge.allowed();
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

        assertThat(throttle.charge("acct-10001", other).allowed()).isNotEqualTo(same);
    }
}
