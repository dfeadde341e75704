package org.accountsecurity.request;

import java.util.function.Function;

/** A value that forms show, made whenever a form is read and never stored by the engine; each bean of this type is one. */
public interface FormValue {

    /** As forms name it. */
    String name();

    /** The value for a request: a text, a number, or a list of rows; null where there is none. */
    Object of(String requestId);

    /** The value of that name. */
    static FormValue named(String name, Function<String, Object> value) {
        return new FormValue() {

            @Override
            public String name() {
                return name;
            }

            @Override
            public Object of(String requestId) {
                return value.apply(requestId);
            }
        };
    }
}
