package org.accountsecurity;

import java.util.Locale;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration;

/** Account deregistration and phone unbinding as Camunda processes. */
@ConfigurationPropertiesScan
@SpringBootApplication(exclude = UserDetailsServiceAutoConfiguration.class)
public class AccountSecurityApplication {

    public static void main(String[] args) {
        // libraries ask for it too: in another one Camunda's REST interface writes dates in other digits or another era
        Locale.setDefault(Locale.ROOT);
        SpringApplication.run(AccountSecurityApplication.class, args);
    }
}
