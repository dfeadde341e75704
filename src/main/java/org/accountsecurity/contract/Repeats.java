package org.accountsecurity.contract;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A delegate that does a part of its work each time: it is done again until all is done, and not again after that. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface Repeats {

    /** The variable, transient and local, by which the delegate says when it wants to be called again at the earliest: a date. */
    String NOT_BEFORE = "notBefore";

    /** The condition that says that all is done, such as {@code complete}. */
    String until();
}
