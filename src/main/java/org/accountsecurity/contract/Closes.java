package org.accountsecurity.contract;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A listener that must be at the end of a process, because it closes what that process, or a delegate in it, opens. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface Closes {

    /** The bean of the delegate; every process with it has the listener. */
    String delegate() default "";

    /** The id of the process, where no delegate opens it. */
    String process() default "";

    /** How long that process lasts at least where nobody answers, as an ISO 8601 duration. */
    String notBefore() default "PT0S";
}
