package org.accountsecurity.contract;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The kind of request that a delegate works on: it is used where one is open, and fails wherever else. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface WorksOn {

    /** The bean of the delegate that opens one. */
    String openedBy() default "";

    /** The id of the process that one begins with, where no delegate opens it. */
    String process() default "";
}
