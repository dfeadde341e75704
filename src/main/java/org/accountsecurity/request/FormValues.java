package org.accountsecurity.request;

import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** Values that forms show, computed whenever a form is read and never stored by the engine. */
public interface FormValues {

    /** As forms name them. */
    Set<String> names();

    /**
     * The values for a request by their names: texts, numbers, or lists of rows. For a name that is missing, a form shows the
     * process variable of that name, if there is one.
     */
    Map<String, Object> of(String requestId);

    /** Whether staff may read them in a form of theirs; else only the holder of the request. */
    default boolean forStaff() {
        return false;
    }

    /** Whether they are our own Markdown; any other text is shown character by character. */
    default boolean markdown() {
        return false;
    }

    /** One value. */
    static FormValues named(String name, Function<String, Object> value) {
        return named(name, false, false, value);
    }

    /** One value, a text in Markdown. */
    static FormValues markdown(String name, Function<String, Object> value) {
        return named(name, false, true, value);
    }

    /** One value that staff may read too. */
    static FormValues forStaff(String name, Function<String, Object> value) {
        return named(name, true, false, value);
    }

    private static FormValues named(String name, boolean forStaff, boolean markdown, Function<String, Object> value) {
        return new FormValues() {

            @Override
            public boolean markdown() {
                return markdown;
            }

            @Override
            public boolean forStaff() {
                return forStaff;
            }

            @Override
            public Set<String> names() {
                return Set.of(name);
            }

            @Override
            public Map<String, Object> of(String requestId) {
                return Collections.singletonMap(name, value.apply(requestId));
            }
        };
    }
}
