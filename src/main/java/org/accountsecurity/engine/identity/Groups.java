package org.accountsecurity.engine.identity;

import org.accountsecurity.engine.brand.Brand;
import org.camunda.bpm.engine.impl.identity.Authentication;

/** The groups that rights are given to. */
public final class Groups {

    /** Every customer; a group without members in any table. */
    public static final String ACCOUNT_HOLDER = "account-holder";

    public static final String ADMINISTRATOR = Brand.ADMINISTRATORS;
    public static final String PROCESS_OWNER = "process-owner";
    public static final String SUPPORT = "support";
    /** Programs that do external tasks; nobody who logs in at a page. */
    public static final String WORKER = "worker";

    private Groups() {}

    /** Whether this is the engine's authentication of a customer. */
    public static boolean isHolder(Authentication authentication) {
        return isIn(ACCOUNT_HOLDER, authentication);
    }

    /** Whether this is the engine's authentication of somebody of the group. */
    public static boolean isIn(String group, Authentication authentication) {
        return authentication != null
                && authentication.getGroupIds() != null
                && authentication.getGroupIds().contains(group);
    }
}
