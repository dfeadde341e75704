package org.accountsecurity.contract;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The process variables that a delegate must find and those that it leaves behind. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface Variables {

    /** The one, transient and local, by which a delegate says when it wants to be called again at the earliest: a date. */
    String NOT_BEFORE = "notBefore";

    String[] reads() default {};

    String[] writes() default {};

    /** Those that it reads and a model may set: as an input of the activity, or as a constant of a call. */
    String[] inputs() default {};

    /** Those that it reads and that people type as a number, in many spellings of which it gets one. */
    String[] numbers() default {};

    /** Those that it leaves behind and a timer may wait for, as a date. */
    String[] dates() default {};

    /** Those that it leaves behind and a timer may repeat by, as an ISO 8601 cycle. */
    String[] cycles() default {};
}
