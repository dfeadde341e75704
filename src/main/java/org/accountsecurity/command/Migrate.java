package org.accountsecurity.command;

import org.accountsecurity.AccountSecurityApplication;
import org.accountsecurity.startup.WithoutServer;
import org.springframework.boot.SpringApplication;

/**
 * Brings the schema up to date and ends: with the credentials of its owner, before nodes of the profile {@code no-ddl}
 * start with those of a role that may not. Ends with 0, or with 1 and the reason in the log.
 */
public final class Migrate {

    private Migrate() {}

    /** @param args settings, as the application itself takes them */
    public static void main(String[] args) {
        SpringApplication application = new SpringApplication(AccountSecurityApplication.class);
        application.setAdditionalProfiles("migrate");
        application.addInitializers(new WithoutServer());
        System.exit(SpringApplication.exit(application.run(args)));
    }
}
