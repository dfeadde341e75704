package org.accountsecurity.obligation;

import java.util.List;

/** Finds missing obligations, once an hour: after a restore, or by a fault. */
public interface ObligationCheck {

    /** The ids of requests, accounts or tasks that lack an obligation. */
    List<String> lacking();

    /** Adds the missing obligation, unless it was added meanwhile. */
    void owe(String id);
}
