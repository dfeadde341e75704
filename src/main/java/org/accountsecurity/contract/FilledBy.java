package org.accountsecurity.contract;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A collection for a multi-instance activity; it is empty until this delegate has done its work, and never after that. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface FilledBy {

    /** The bean of the delegate. */
    String value();
}
