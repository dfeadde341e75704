package org.accountsecurity.rehearsal;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.accountsecurity.AccountSecurityApplication;
import org.accountsecurity.engine.rehearsal.RehearsalMessage;
import org.camunda.bpm.engine.impl.cfg.AbstractProcessEnginePlugin;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.springframework.boot.SpringApplication;
import org.springframework.context.support.GenericApplicationContext;

/** The process of a rehearsal without the guard: what the walks alone find. */
public final class UnguardedRehearsal {

    private static final ObjectMapper JSON = new ObjectMapper();

    private UnguardedRehearsal() {}

    public static void main(String... arguments) throws IOException {
        PrintStream answers = System.out;
        System.setOut(System.err);
        SpringApplication application = new SpringApplication(AccountSecurityApplication.class);
        application.addInitializers(
                Rehearsals.preparation(),
                context -> ((GenericApplicationContext) context)
                        .registerBean("zUnguarded", Unguarded.class, Unguarded::new));
        try (BufferedReader requests = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            Rehearsals rehearsals = Rehearsals.in(application.run(
                    "--spring.profiles.active=demo",
                    "--spring.datasource.url=jdbc:h2:mem:unguarded;LOCK_TIMEOUT=10000",
                    "--server.port=-1",
                    "--local.server.port=0",
                    "--account-security.edit.folder=nothing-to-watch",
                    "--account-security.rehearsal.at-deployment=false",
                    "--camunda.bpm.auto-deployment-enabled=false",
                    "--camunda.bpm.job-execution.enabled=false",
                    "--logging.level.root=off"));
            for (String line = requests.readLine(); line != null; line = requests.readLine()) {
                rehearsals.walk(
                        JSON.readValue(line, RehearsalMessage.Request.class).files(),
                        message -> print(answers, message));
                print(answers, RehearsalMessage.isDone());
            }
        } finally {
            Runtime.getRuntime().halt(0);
        }
    }

    private static void print(PrintStream answers, RehearsalMessage message) {
        try {
            answers.println(JSON.writeValueAsString(message));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class Unguarded extends AbstractProcessEnginePlugin {

        @Override
        public void preInit(ProcessEngineConfigurationImpl configuration) {
            configuration.setCustomPreDeployers(List.of());
        }
    }
}
