package org.accountsecurity;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.accountsecurity.engine.rehearsal.RehearsalMessage;
import org.accountsecurity.rehearsal.Rehearsals;
import org.springframework.boot.SpringApplication;

/**
 * Rehearses what is sent to it, a line of JSON for each set of files, and answers with lines of JSON: started by {@link
 * CheckModels} and by nodes, in a process that has nothing of theirs. Ends with its input.
 */
public final class Rehearse {

    private static final ObjectMapper JSON = new ObjectMapper();

    private Rehearse() {}

    /** @param dataSets names of data sets that the shop has over the network */
    public static void main(String... dataSets) throws IOException {
        PrintStream answers = System.out;
        // whatever else is written is no answer
        System.setOut(System.err);
        int status = 1;
        try (BufferedReader requests = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            Rehearsals rehearsals = Rehearsals.in(application(dataSets)
                    .run(
                            "--spring.profiles.active=demo",
                            "--spring.datasource.url=jdbc:h2:mem:rehearsal;LOCK_TIMEOUT=10000",
                            "--spring.main.banner-mode=off",
                            "--account-security.edit.folder=nothing-to-watch",
                            "--account-security.rehearsal.at-deployment=false",
                            "--camunda.bpm.auto-deployment-enabled=false",
                            "--camunda.bpm.job-execution.enabled=false",
                            "--logging.level.root=error",
                            // what fails is told as a finding
                            "--logging.level.org.camunda=off"));
            answers.println(JSON.writeValueAsString(RehearsalMessage.isReady()));
            for (String line = requests.readLine(); line != null; line = requests.readLine()) {
                RehearsalMessage.Request request = JSON.readValue(line, RehearsalMessage.Request.class);
                rehearsals.rehearse(request.files(), message -> print(answers, message));
                print(answers, RehearsalMessage.isDone());
            }
            status = 0;
        } finally {
            Runtime.getRuntime().halt(status);
        }
    }

    private static SpringApplication application(String... dataSets) {
        SpringApplication application = new SpringApplication(AccountSecurityApplication.class);
        application.addInitializers(new WithoutServer(), Rehearsals.preparation(dataSets));
        return application;
    }

    private static void print(PrintStream answers, RehearsalMessage message) {
        try {
            answers.println(JSON.writeValueAsString(message));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
