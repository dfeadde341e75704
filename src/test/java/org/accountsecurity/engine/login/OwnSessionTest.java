package org.accountsecurity.engine.login;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.accountsecurity.shop.PhoneChanged;
import org.accountsecurity.testing.JourneyTest;
import org.accountsecurity.testing.Visitor;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.PayloadApplicationEvent;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** A session that asks at the very moment at which its own request changes the number. */
class OwnSessionTest extends JourneyTest {

    private static final String HOLDER = "acct-10004";
    private static final String PHONE = "13800138004";
    private static final String NEW_PHONE = "13900139004";

    @Autowired
    ConfigurableApplicationContext context;

    @Test
    @DisplayName("the own session goes on though it asks between the commit and its answer; the others end")
    void theOwnSessionGoesOn() {
        ProcessInstance change = journey.start("phone-unbinding", HOLDER);
        journey.submit(change, "UserTask_ReadUnbindingNotice", "choice", "CONTINUE", "channel", "SMS");
        journey.verify(change, PHONE);
        journey.submit(change, "UserTask_EnterNewPhone", "choice", "CONTINUE", "newPhone", NEW_PHONE);
        journey.verify(change, NEW_PHONE);
        Visitor own = new Visitor(port);
        own.login(PHONE, "Demo-10004");
        Visitor other = new Visitor(port);
        other.login(PHONE, "Demo-10004");
        String task = journey.task(change, "UserTask_ConfirmUnbinding").getId();
        List<Boolean> meanwhile = Collections.synchronizedList(new ArrayList<>());
        ApplicationListener<PayloadApplicationEvent<PhoneChanged>> listener =
                new ApplicationListener<PayloadApplicationEvent<PhoneChanged>>() {
                    @Override
                    public void onApplicationEvent(PayloadApplicationEvent<PhoneChanged> event) {
                        TransactionSynchronizationManager.registerSynchronization(
                                afterCommit(() -> meanwhile.addAll(List.of(own.loggedIn(), other.loggedIn()))));
                    }
                };
        context.addApplicationListener(listener);
        try {
            assertThat(own.submit(task, Map.of("choice", "CONFIRM")).status()).isEqualTo(204);
        } finally {
            context.removeApplicationListener(listener);
        }

        assertThat(meanwhile).containsExactly(true, false);
        assertThat(own.loggedIn()).isTrue();
        assertThat(other.loggedIn()).isFalse();
    }

    /** Somebody else's thread: the own one is still in its transaction, which has been committed. */
    private static TransactionSynchronization afterCommit(Runnable something) {
        return new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                CompletableFuture.runAsync(something).join();
            }
        };
    }
}
