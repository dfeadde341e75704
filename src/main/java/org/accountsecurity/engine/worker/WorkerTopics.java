package org.accountsecurity.engine.worker;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.accountsecurity.settings.CheckedSettings;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The topics of external tasks that models may name and workers may fetch; without a setting there are none.
 *
 * @param topics topics of external tasks by their names
 */
@ConfigurationProperties(WorkerTopics.PREFIX)
public record WorkerTopics(@DefaultValue Map<String, WorkerTopic> topics) implements CheckedSettings {

    static final String PREFIX = "account-security.workers";

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,63}");

    @Override
    public List<String> wrong() {
        return topics.entrySet().stream()
                .flatMap(topic -> NAME.matcher(topic.getKey()).matches()
                        ? topic.getValue().wrong(PREFIX + ".topics." + topic.getKey()).stream()
                        : Stream.of("Under " + PREFIX
                                + ".topics name each topic in small letters, digits and hyphens, such as risk-check."))
                .toList();
    }

    public Set<String> names() {
        return topics.keySet();
    }

    public Optional<WorkerTopic> find(String name) {
        return Optional.ofNullable(topics.get(name));
    }
}
