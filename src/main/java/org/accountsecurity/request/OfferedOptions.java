package org.accountsecurity.request;

/** Which of the options that a form lists are offered now; a form value for a field with both {@code values} and {@code valuesKey}. */
@FunctionalInterface
public interface OfferedOptions {

    boolean offers(String value);
}
