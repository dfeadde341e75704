package org.accountsecurity.engine;

import java.util.Date;
import org.accountsecurity.contract.Variables;
import org.camunda.bpm.engine.impl.interceptor.Session;
import org.camunda.bpm.engine.impl.interceptor.SessionFactory;
import org.camunda.bpm.engine.impl.persistence.entity.JobManager;
import org.camunda.bpm.engine.impl.persistence.entity.MessageEntity;

/** Lets the job that repeats a delegate wait for as long as the delegate has asked for, on no thread. */
class PatientJobs extends JobManager {

    @Override
    public void send(MessageEntity job) {
        Object notBefore =
                job.getExecution() == null ? null : job.getExecution().getVariableLocal(Variables.NOT_BEFORE);
        if (notBefore instanceof Date date) {
            job.setDuedate(date);
        }
        super.send(job);
    }

    /** For the engine, which asks for a {@link JobManager}. */
    static final class Factory implements SessionFactory {

        @Override
        public Class<?> getSessionType() {
            return JobManager.class;
        }

        @Override
        public Session openSession() {
            return new PatientJobs();
        }
    }
}
