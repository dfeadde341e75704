package org.accountsecurity.obligation;

import java.util.List;

/** Looks once an hour for what should be owed and is not, after a restore or by a fault. */
public interface ObligationCheck {

    /** The ids of those that lack an obligation. */
    List<String> lacking();

    /** Gives one of them what it lacks, unless it lacks nothing any more. */
    void owe(String id);
}
