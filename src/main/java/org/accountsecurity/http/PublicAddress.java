package org.accountsecurity.http;

import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** The address under which holders reach this application. */
@Component
public class PublicAddress {

    private final Environment environment;

    PublicAddress(Environment environment) {
        this.environment = environment;
    }

    /** The whole address of a path. Read each time: the demo's has the port, which is known once the server listens. */
    public String of(String path) {
        return environment.getRequiredProperty("account-security.public-url").replaceAll("/+$", "") + path;
    }
}
