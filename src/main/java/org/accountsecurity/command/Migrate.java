package org.accountsecurity.command;

import org.accountsecurity.AccountSecurityApplication;
import org.accountsecurity.startup.WithoutServer;
import org.springframework.boot.SpringApplication;

/**
 * Updates the database schema with the credentials of its owner, before nodes of the profile {@code no-ddl} start. Exit
 * code 0, or 1 with the reason in the log.
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
