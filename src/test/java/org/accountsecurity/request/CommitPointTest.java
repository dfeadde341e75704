package org.accountsecurity.request;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import org.accountsecurity.request.MissingEvidence.Kind;
import org.accountsecurity.shop.Accounts;
import org.accountsecurity.testing.JourneyTest;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** A commit point alone, whatever a diagram has done before it. */
public abstract class CommitPointTest extends JourneyTest {

    @Autowired
    protected HolderAnswers answers;

    @Autowired
    protected Accounts accounts;

    @Autowired
    protected MeterRegistry registry;

    @Autowired
    protected PlatformTransactionManager transactions;

    protected final String request() {
        return rows.text("select id from holder_request");
    }

    /** What was said by the answer that the request was committed with. */
    protected final String committedWith() {
        return rows.text("select a.statement from holder_request r join holder_answer a on a.id = r.confirmation_id");
    }

    /** As at the boundary of the task: a refusal is committed. */
    protected final <T> T inTransaction(Callable<T> step) {
        AtomicReference<Exception> refusal = new AtomicReference<>();
        T result = new TransactionTemplate(transactions).execute(status -> {
            try {
                return step.call();
            } catch (Exception e) {
                refusal.set(e);
                return null;
            }
        });
        if (refusal.get() != null) {
            throw new IllegalStateException(refusal.get());
        }
        return result;
    }

    protected final double figure(Kind kind) {
        return registry.get("account.security.evidence.missing")
                .tag("missing", kind.name().toLowerCase(Locale.ROOT))
                .counter()
                .count();
    }
}
