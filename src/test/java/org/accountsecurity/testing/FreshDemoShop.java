package org.accountsecurity.testing;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.springframework.context.ApplicationContext;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.test.context.junit.jupiter.SpringExtension;

/** Puts the clock, the engine and the shop back to their beginnings before each test. */
public class FreshDemoShop implements BeforeEachCallback {

    private static final List<String> TABLES = List.of(
            "answer_count",
            "owner_notice",
            "contest_link",
            "contest",
            "login_attempt",
            "phone_check",
            "phone_change",
            "vault",
            "unbound_phone",
            "notice",
            "data_export_order",
            "data_export_part",
            "data_export",
            "receipt",
            "erasure",
            "open_item",
            "code_send",
            "code_allowance",
            "verification_code",
            "verification",
            "obligation",
            "shown_form",
            "holder_request",
            "holder_answer",
            "trail",
            "inbox_message",
            "message_receipt",
            "address",
            "favourite",
            "linked_login",
            "subscription",
            "wallet",
            "retained_transaction",
            "shop_order",
            "account");

    /** Most tests log in, and few look at how slow that is made. */
    private static final PasswordEncoder QUICK = new BCryptPasswordEncoder(4);

    private static final Map<String, String> HASHES = new ConcurrentHashMap<>();

    @Override
    public void beforeEach(ExtensionContext test) {
        ApplicationContext context = SpringExtension.getApplicationContext(test);
        context.getBean(Journey.class).undeploy();
        reset(context);
    }

    public static void reset(ApplicationContext context) {
        context.getBean(TestClock.class).reset();

        context.getBean(Journey.class).letGo();
        RuntimeService runtime = context.getBean(RuntimeService.class);
        runtime.createProcessInstanceQuery().rootProcessInstances().list().stream()
                .map(ProcessInstance::getId)
                .forEach(id -> runtime.deleteProcessInstance(id, "next test", true));

        JdbcClient jdbc = context.getBean(JdbcClient.class);
        TABLES.forEach(table -> jdbc.sql("delete from " + table).update());
        new ResourceDatabasePopulator(new ClassPathResource("db/demo/R__demo_shop.sql"))
                .execute(context.getBean(javax.sql.DataSource.class));
        jdbc.sql("select id from account")
                .query(String.class)
                .list()
                .forEach(id -> jdbc.sql("update account set password_hash = ? where id = ?")
                        .params(HASHES.computeIfAbsent(id, FreshDemoShop::hash), id)
                        .update());
    }

    private static String hash(String account) {
        return "{bcrypt}" + QUICK.encode("Demo-" + account.substring("acct-".length()));
    }
}
