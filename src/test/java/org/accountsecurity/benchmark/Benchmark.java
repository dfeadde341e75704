package org.accountsecurity.benchmark;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.nio.file.Files;
import org.slf4j.LoggerFactory;

/**
 * Measures what the engine costs: ours against a stock one and against the same work written by hand.
 *
 * <p>{@code mvn -q spring-boot:test-run -Dspring-boot.run.main-class=org.accountsecurity.benchmark.Benchmark}, with
 * {@code -Dspring-boot.run.arguments="quick"} for a short one; the arguments are those of {@link Settings}.
 */
public final class Benchmark {

    private Benchmark() {}

    public static void main(String[] arguments) throws Exception {
        ((Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME)).setLevel(Level.WARN);
        Settings settings = Settings.of(arguments);
        Files.createDirectories(settings.output());
        try (Field field = new Field(settings)) {
            Report report = new Report(settings, field);
            if (settings.parts().contains("race")) {
                Race race = new Race(field, settings);
                race.run();
                new RaceReport(race, settings, report).write();
            }
            report.write();
            if (settings.parts().contains("nodes")) {
                new Nodes(field, settings, report).run();
                report.write();
            }
            if (settings.parts().contains("growth")) {
                new Growth(field, settings, report).run();
                report.write();
            }
            if (settings.parts().contains("http")) {
                new Http(field, settings, report).run();
                report.write();
            }
            if (settings.parts().contains("start")) {
                new StartUp(field, settings, report).run();
            }
            report.write();
            System.out.println(report);
        }
        // the embedded database leaves threads behind
        System.exit(0);
    }
}
