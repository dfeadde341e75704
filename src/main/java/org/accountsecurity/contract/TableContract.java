package org.accountsecurity.contract;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.accountsecurity.text.Sentence;

/** The demands of the code on a decision table; one bean for each table. */
public interface TableContract {

    /** The id of the decision. */
    String table();

    /** The key of the process that uses it; both are deployed together. */
    String process();

    /** The name of its only input. */
    String input();

    /** The input values that the code asks for. */
    List<String> asked();

    /** The objection to an answer with its remedy; empty if there is none. */
    Optional<Sentence> objection(String asked, Map<String, Object> answer);
}
