package org.accountsecurity.contract;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the code that reads a decision table asks of it; each bean of this type is one table's. */
public interface TableContract {

    /** The decision's id. */
    String table();

    /** The process whose tasks ask it; the two come together. */
    String process();

    /** The name of the one input. */
    String input();

    /** The inputs that the code asks for. */
    List<String> asked();

    /** What is wrong with the answer to one of them, in Chinese with the remedy; empty if it will do. */
    Optional<String> objection(String asked, Map<String, Object> answer);
}
