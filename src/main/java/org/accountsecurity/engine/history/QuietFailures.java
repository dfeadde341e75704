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
 * Lets no failure of a delegate take a record along: the engine keeps what it is told of a failed job, and logs it. What is
 * told is where it failed, of what kind the failure was, and the message where it is one of our own. Where the database let
 * another go first, nothing failed.
 */
public class QuietFailures extends DefaultDelegateInterceptor {

    private static final String OURS = "org.accountsecurity.";

    @Override
    public void handleInvocation(DelegateInvocation invocation) throws Exception {
        try {
            super.handleInvocation(invocation);
        } catch (ProcessEngineException e) {
            throw e;
        } catch (ShopUnavailableException e) {
            // what the engine's REST interface takes for a refusal and not for a fault of the server
            throw new RefusedException(Refusal.SHOP_UNAVAILABLE, e.getMessage());
        } catch (Exception e) {
            throw LostRace.passes(e)
                    ? new OptimisticLockingException(e.getClass().getSimpleName())
                    : new DelegateFailedException(e);
        }
    }

    /** Without its cause, whose message may quote a record. */
    static final class DelegateFailedException extends ProcessEngineException {

        DelegateFailedException(Exception failure) {
            super(told(failure));
            setStackTrace(failure.getStackTrace());
        }

        private static String told(Exception failure) {
            StackTraceElement[] trace = failure.getStackTrace();
            boolean ours = trace.length > 0 && trace[0].getClassName().startsWith(OURS);
            return failure.getClass().getSimpleName() + (ours ? ": " + failure.getMessage() : "");
        }
    }
}
