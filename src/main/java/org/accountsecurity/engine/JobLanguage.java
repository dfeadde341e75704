package org.accountsecurity.engine;

import java.util.Locale;
import org.accountsecurity.engine.gate.CommandFields;
import org.accountsecurity.text.Messages;
import org.camunda.bpm.engine.impl.cmd.ExecuteJobsCmd;
import org.camunda.bpm.engine.impl.interceptor.Command;
import org.camunda.bpm.engine.impl.interceptor.CommandInterceptor;
import org.springframework.context.i18n.LocaleContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A job speaks the language in which its request was begun. */
class JobLanguage extends CommandInterceptor {

    private final JdbcClient jdbc;

    JobLanguage(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public <T> T execute(Command<T> command) {
        return command instanceof ExecuteJobsCmd
                ? Messages.in(
                        new OfRequest((String) CommandFields.read(ExecuteJobsCmd.class, "jobId", command)),
                        () -> next.execute(command))
                : next.execute(command);
    }

    /** Read when the job says its first sentence: most say none. */
    private final class OfRequest implements LocaleContext {

        private final String job;
        private Locale language;

        OfRequest(String job) {
            this.job = job;
        }

        @Override
        public Locale getLocale() {
            if (language == null) {
                language = jdbc.sql("select r.language from ACT_RU_JOB j"
                                + " join ACT_RU_EXECUTION e on e.ID_ = j.PROCESS_INSTANCE_ID_"
                                + " join holder_request r on r.id = e.BUSINESS_KEY_ where j.ID_ = ?")
                        .param(job)
                        .query(String.class)
                        .optional()
                        .map(Locale::forLanguageTag)
                        .orElse(Locale.SIMPLIFIED_CHINESE);
            }
            return language;
        }
    }
}
