package org.accountsecurity.contract;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A delegate beside which others must do their work. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface Accompanied {

    /** The beans of delegates that do theirs as soon as what this one is in begins, in an event sub-process of it. */
    String[] atOnce() default {};

    /** The beans of delegates that do theirs if what this one is in has not ended within a day, in an event sub-process of it. */
    String[] withinADay() default {};
}
