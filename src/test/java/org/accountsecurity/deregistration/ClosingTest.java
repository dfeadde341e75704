package org.accountsecurity.deregistration;

import java.util.Map;
import org.accountsecurity.request.CommitPointTest;
import org.accountsecurity.request.HolderRequests;
import org.accountsecurity.request.Statement;
import org.accountsecurity.request.StatementForm;
import org.accountsecurity.shop.AccountStatus;
import org.accountsecurity.text.Messages;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

/** The commit point of a deregistration alone. */
abstract class ClosingTest extends CommitPointTest {

    static final String HOLDER = "acct-10001";
    static final String PHONE = "13800138001";

    @Autowired
    HolderRequests requests;

    @Autowired
    ApplicationContext context;

    /** Verified and confirmed, on the way to the commit point. */
    final String said() {
        journey.verified(HOLDER, PHONE);
        String request = request();
        say(Statement.CONFIRMED, request);
        return request;
    }

    /** Says it of the notice that the request has now, without the submission that does. */
    final void say(Statement statement, String request) {
        String notice = rows.text(
                "select text from notice where request_id = ? and language = ?",
                request,
                Messages.language().toLanguageTag());
        answers.add(request, requests.accountOf(request), statement, "task", "shown", StatementForm.hash(notice));
    }

    /** The application with these beans in the place of its own, and these classes made anew with them. */
    final ApplicationContext with(Map<String, Object> beans, Class<?>... classes) {
        AnnotationConfigApplicationContext own = new AnnotationConfigApplicationContext();
        own.setParent(context);
        beans.forEach(own.getBeanFactory()::registerSingleton);
        own.register(DataSetHolds.class, ClosingEvidence.class, AccountClosing.class);
        if (classes.length > 0) {
            own.register(classes);
        }
        own.refresh();
        return own;
    }

    final AccountStatus status() {
        return accounts.find(HOLDER).orElseThrow().status();
    }
}
