package org.accountsecurity.settings;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;

/** Settings under one prefix. Nothing starts while any of them is wrong, and all that is wrong is said at once. */
public interface CheckedSettings {

    /** One sentence for each wrong setting; it says what to set, and never what was set. */
    List<String> wrong();

    /** The secrets by the names of their settings, in a form that is the same for the same secret. */
    default Map<String, String> secrets() {
        return Map.of();
    }

    /** @throws BindException if a value is not of the kind of its setting */
    static <T extends CheckedSettings> T bind(Binder binder, Class<T> type) {
        return binder.bindOrCreate(
                type.getAnnotation(ConfigurationProperties.class).value(), type);
    }

    /** The secrets as far as they can be bound. */
    static Map<String, String> secrets(Binder binder, Class<? extends CheckedSettings> type) {
        try {
            return bind(binder, type).secrets();
        } catch (BindException e) {
            return Map.of();
        }
    }

    /** The settings, empty where one of them is wrong: then the application does not start. */
    static <T extends CheckedSettings> Optional<T> bindValid(Binder binder, Class<T> type) {
        return wrong(binder, type).isEmpty() ? Optional.of(bind(binder, type)) : Optional.empty();
    }

    /** The sentences of {@link #wrong()}, or one for a value that is not of its kind. */
    static List<String> wrong(Binder binder, Class<? extends CheckedSettings> type) {
        try {
            return bind(binder, type).wrong();
        } catch (BindException e) {
            return List.of("Set " + e.getName() + " to a value of its kind.");
        }
    }
}
