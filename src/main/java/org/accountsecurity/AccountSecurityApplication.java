package org.accountsecurity;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Account deregistration and phone unbinding as Camunda processes. */
@SpringBootApplication
public class AccountSecurityApplication {

    public static void main(String[] args) {
        SpringApplication.run(AccountSecurityApplication.class, args);
    }
}
