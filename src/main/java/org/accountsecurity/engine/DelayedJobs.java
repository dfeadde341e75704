package org.accountsecurity.engine;

import java.util.Date;
import org.accountsecurity.contract.Variables;
import org.camunda.bpm.engine.impl.interceptor.Session;
import org.camunda.bpm.engine.impl.interceptor.SessionFactory;
import org.camunda.bpm.engine.impl.persistence.entity.JobManager;
import org.camunda.bpm.engine.impl.persistence.entity.MessageEntity;

/** Gives the job of an asynchronous delegate the due date that the delegate has asked for, so that no thread waits. */
class DelayedJobs extends JobManager {

    @Override
    public void send(MessageEntity job) {
        Object notBefore =
                job.getExecution() == null ? null : job.getExecution().getVariableLocal(Variables.NOT_BEFORE);
        if (notBefore instanceof Date date) {
            job.setDuedate(date);
        }
        super.send(job);
    }

    /** Opens the session that the engine asks for as {@link JobManager}. */
    static final class Factory implements SessionFactory {

        @Override
        public Class<?> getSessionType() {
            return JobManager.class;
        }

        @Override
        public Session openSession() {
            return new DelayedJobs();
        }
    }
}
