package org.accountsecurity.contract;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A delegate after which no path leads back to what was before it. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface PointOfNoReturn {

    /** The beans of delegates that every path from here to an end passes, with no wait longer than an hour before any. */
    String[] followedBy() default {};
}
