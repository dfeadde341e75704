package org.accountsecurity.engine.history;

import org.accountsecurity.engine.gate.LostRace;
import org.accountsecurity.engine.gate.Refusal;
import org.accountsecurity.engine.gate.RefusedException;
import org.accountsecurity.shop.ShopUnavailableException;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.impl.delegate.DefaultDelegateInterceptor;
import org.camunda.bpm.engine.impl.delegate.DelegateInvocation;

/**
 * Keeps personal data out of failure messages, which the engine stores and logs: they tell the place and type of the
 * failure, and the message only of exceptions from this application. A lost race is no failure.
 */
public class FailureMessages extends DefaultDelegateInterceptor {

    private static final String OURS = "org.accountsecurity.";

    @Override
    public void handleInvocation(DelegateInvocation invocation) throws Exception {
        try {
            super.handleInvocation(invocation);
        } catch (ProcessEngineException e) {
            throw e;
        } catch (ShopUnavailableException e) {
            // the REST interface takes it for a refusal, not for a failure of the server
            throw new RefusedException(Refusal.SHOP_UNAVAILABLE, e.getMessage());
        } catch (Exception e) {
            throw LostRace.isTransient(e)
                    ? new OptimisticLockingException(e.getClass().getSimpleName())
                    : new DelegateFailedException(e);
        }
    }

    /** Without its cause, whose message may quote a record. */
    static final class DelegateFailedException extends ProcessEngineException {

        DelegateFailedException(Exception failure) {
            super(message(failure));
            setStackTrace(failure.getStackTrace());
        }

        private static String message(Exception failure) {
            StackTraceElement[] trace = failure.getStackTrace();
            boolean ours = trace.length > 0 && trace[0].getClassName().startsWith(OURS);
            return failure.getClass().getSimpleName() + (ours ? ": " + failure.getMessage() : "");
        }
    }
}
