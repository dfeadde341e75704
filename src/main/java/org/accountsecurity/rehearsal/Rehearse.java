package org.accountsecurity.rehearsal;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.accountsecurity.AccountSecurityApplication;
import org.accountsecurity.command.CheckModels;
import org.accountsecurity.engine.brand.Brand;
import org.accountsecurity.engine.rehearsal.RehearsalMessage;
import org.accountsecurity.engine.rehearsal.RehearsalReport;
import org.accountsecurity.startup.WithoutServer;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ApplicationContextInitializer;
import tools.jackson.databind.json.JsonMapper;

/**
 * Main class of the rehearsal process that {@link CheckModels} and nodes start. Reads a line of JSON for each set of
 * files and answers with lines of JSON; ends with its input.
 */
public final class Rehearse {

    private static final JsonMapper JSON = new JsonMapper();

    private static final List<String> SETTINGS = List.of(
            "--spring.profiles.active=demo",
            "--spring.datasource.url=jdbc:h2:mem:rehearsal;LOCK_TIMEOUT=10000",
            "--spring.main.banner-mode=off",
            "--account-security.edit.folder=nothing-to-watch",
            "--account-security.rehearsal.at-deployment=false",
            "--" + Brand.SETTINGS + ".auto-deployment-enabled=false",
            "--" + Brand.SETTINGS + ".job-execution.enabled=false",
            "--" + Brand.SETTINGS + ".eventing.execution=true",
            "--logging.level.root=error",
            // failures become findings
            "--logging.level.org.camunda=off");

    private Rehearse() {}

    /** @param known names of data sets, and settings */
    public static void main(String... known) throws IOException {
        run(context -> {}, known);
    }

    /** Runs an application with a difference, for tests. */
    public static void run(ApplicationContextInitializer<?> difference, String... known) throws IOException {
        PrintStream answers = System.out;
        // other output must not mix with the answers
        System.setOut(System.err);
        int status = 1;
        try (BufferedReader requests = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            Rehearsals rehearsals = Rehearsals.in(application(difference, known).run(settings(known)));
            for (String line = requests.readLine(); line != null; line = requests.readLine()) {
                Map<String, byte[]> files =
                        JSON.readValue(line, RehearsalMessage.Request.class).files();
                RehearsalReport report =
                        rehearsals.rehearse(files, steps -> print(answers, new RehearsalMessage(steps, null)));
                print(answers, new RehearsalMessage(0, report));
            }
            status = 0;
        } finally {
            Runtime.getRuntime().halt(status);
        }
    }

    private static SpringApplication application(ApplicationContextInitializer<?> difference, String... known) {
        SpringApplication application = new SpringApplication(AccountSecurityApplication.class);
        application.addInitializers(
                difference,
                new WithoutServer(),
                Rehearsals.preparation(
                        Stream.of(known).filter(name -> !isSetting(name)).toArray(String[]::new)));
        return application;
    }

    private static String[] settings(String... known) {
        return Stream.concat(Stream.of(known).filter(Rehearse::isSetting), SETTINGS.stream())
                .toArray(String[]::new);
    }

    private static boolean isSetting(String known) {
        return known.startsWith("--");
    }

    private static void print(PrintStream answers, RehearsalMessage message) {
        answers.println(JSON.writeValueAsString(message));
    }
}
