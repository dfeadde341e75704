package org.accountsecurity.contract;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The process variables that a delegate needs and writes. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface Variables {

    /** A local, transient variable: the earliest date at which a delegate wants to be called again. */
    String NOT_BEFORE = "notBefore";

    String[] reads() default {};

    String[] writes() default {};

    /** Variables that it reads and a model may set, by an input parameter or a constant of a call. */
    String[] inputs() default {};

    /** Variables that people enter as a number, in any notation; the delegate gets the canonical one. */
    String[] numbers() default {};

    /** Variables that it writes and a timer may use as a date. */
    String[] dates() default {};

    /** Variables that it writes and a timer may use as an ISO 8601 cycle. */
    String[] cycles() default {};
}
