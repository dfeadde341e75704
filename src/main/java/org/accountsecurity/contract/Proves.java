package org.accountsecurity.contract;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A delegate whose answer proves something, if the path goes on under this condition. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface Proves {

    /** The condition, such as {@code codeResult == 'ACCEPTED'}. */
    String value();

    /** The variable with the purpose that is proven; its value must be a constant of the call. */
    String purpose();

    /** The purposes that there are. */
    Class<? extends Enum<?>> purposes();
}
