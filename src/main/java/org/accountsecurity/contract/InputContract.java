package org.accountsecurity.contract;

import java.util.List;
import java.util.Optional;

/** What a delegate asks of the inputs that a model gives it; each bean of this type is one delegate's. */
public interface InputContract {

    /** The name of the delegate's bean. */
    String delegate();

    /** The names of the inputs. */
    List<String> inputs();

    /** What is wrong with the value of an input, in Chinese with the remedy; empty if it will do. */
    Optional<String> objection(String input, String value);
}
