package org.accountsecurity.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/** Fails the class when its tests together leave a sequence flow of the named process untaken. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(CoversProcessExtension.class)
public @interface CoversProcess {

    /** The process key. */
    String value();
}
