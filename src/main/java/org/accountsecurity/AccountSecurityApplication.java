package org.accountsecurity;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration;

/** Account deregistration and phone unbinding as Camunda processes. */
@SpringBootApplication(exclude = UserDetailsServiceAutoConfiguration.class)
public class AccountSecurityApplication {

    public static void main(String[] args) {
        SpringApplication.run(AccountSecurityApplication.class, args);
    }
}
