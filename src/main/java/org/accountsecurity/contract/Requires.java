package org.accountsecurity.contract;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** What every path to an irreversible delegate must have passed, each time anew. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface Requires {

    /** The beans of delegates that have done their work. */
    String[] executed() default {};

    /** The conditions under which every path goes on after that, such as {@code complete}. */
    String[] said() default {};

    /** The purpose of a verification that succeeded, see {@link Proves}; none if empty. */
    String verified() default "";

    /** The condition on the answer of the holder's task after the verification, such as {@code choice == 'CONFIRM'}. */
    String confirmed() default "";
}
