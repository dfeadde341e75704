package org.accountsecurity.contract;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** What a holder is asked before a delegate, in a form of the same process, and answers of their own accord. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface Asks {

    /** The key of the field. */
    String field();

    /** The option that means yes; none for a box to tick. */
    String yes() default "";

    /** What the label of that option, or of the box, says, in Chinese. */
    String label();

    /** The value that the form shows beside the question. */
    String shows();
}
