package org.accountsecurity.engine.rehearsal;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.ResolvableType;
import org.springframework.core.env.Environment;

/** What a rehearsal gets to know of the settings: names, and nothing that leads anywhere. */
public final class KnownToRehearsals {

    private static final String TOPICS = "account-security.workers.topics";

    private KnownToRehearsals() {}

    /**
     * The names of the data sets that the shop has over the network, with an asterisk those that can keep records without
     * anything that leads to the holder; and as settings the topics of external tasks.
     */
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
