package org.accountsecurity.engine;

import java.util.Locale;
import org.accountsecurity.engine.gate.CommandFields;
import org.accountsecurity.text.Messages;
import org.camunda.bpm.engine.impl.cmd.ExecuteJobsCmd;
import org.camunda.bpm.engine.impl.interceptor.Command;
import org.camunda.bpm.engine.impl.interceptor.CommandInterceptor;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A job speaks the language in which its request was begun. */
class JobLanguage extends CommandInterceptor {

    private final JdbcClient jdbc;

    JobLanguage(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Most jobs say nothing, so that nothing is read for them. */
    @Override
    public <T> T execute(Command<T> command) {
        return command instanceof ExecuteJobsCmd
                ? Messages.in(
                        () -> languageOf((String) CommandFields.read(ExecuteJobsCmd.class, "jobId", command)),
                        () -> next.execute(command))
                : next.execute(command);
    }

    private Locale languageOf(String job) {
        return jdbc.sql("select r.language from ACT_RU_JOB j"
                        + " join ACT_RU_EXECUTION e on e.ID_ = j.PROCESS_INSTANCE_ID_"
                        + " join holder_request r on r.id = e.BUSINESS_KEY_ where j.ID_ = ?")
                .param(job)
                .query(String.class)
                .optional()
                .map(Locale::forLanguageTag)
                .orElse(Locale.SIMPLIFIED_CHINESE);
    }
}
