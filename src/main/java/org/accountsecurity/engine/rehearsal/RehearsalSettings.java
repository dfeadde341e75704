package org.accountsecurity.engine.rehearsal;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.ResolvableType;
import org.springframework.core.env.Environment;

/** The settings that a rehearsal process gets: names, without addresses and secrets. */
public final class RehearsalSettings {

    private static final String TOPICS = "account-security.workers.topics";

    private RehearsalSettings() {}

    /** The names of data sets over HTTP, with an asterisk for those that anonymise, and the settings of topics. */
    public static List<String> in(Environment environment) {
        Binder binder = Binder.get(environment);
        Bindable<List<Map<String, String>>> blocks = Bindable.of(ResolvableType.forClassWithGenerics(
                List.class, ResolvableType.forClassWithGenerics(Map.class, String.class, String.class)));
        Stream<String> dataSets = binder.bind("account-security.data-sets", blocks).orElse(List.of()).stream()
                .filter(block -> block.get("name") != null)
                .map(block -> block.get("name") + (Boolean.parseBoolean(block.get("anonymises")) ? "*" : ""));
        Stream<String> topics =
                binder.bind(TOPICS, Bindable.mapOf(String.class, String.class)).orElse(Map.of()).entrySet().stream()
                        .map(setting -> "--" + TOPICS + "." + setting.getKey() + "=" + setting.getValue());
        return Stream.concat(dataSets, topics).toList();
    }
}
