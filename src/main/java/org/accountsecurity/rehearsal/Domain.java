package org.accountsecurity.rehearsal;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.context.ApplicationEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.PayloadApplicationEvent;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What the domain had to ask for itself, because the diagram did not bring it about. */
final class Domain implements ApplicationListener<ApplicationEvent> {

    /** The event by which a commit point tells what it misses. */
    private static final String MISSING_EVIDENCE = "MissingEvidence";

    private static final Map<String, String> EVIDENCE = Map.of(
            "CONFIRMATION", "本人的最后确认",
            "CONSENT", "本人对须知的同意",
            "NOTICE", "与本人看到的一致的须知",
            "CODE", "规定的验证码",
            "COOLING_OFF", "决策表规定的冷静期",
            "HOLD", "外部数据集的冻结");

    private static final Map<String, String> OBLIGATIONS = Map.of(
            "TELL_REQUESTED", "通知已收到申请",
            "TELL_CLOSING", "通知正在注销",
            "ERASE", "清除数据",
            "SIGN_RECEIPT", "出具注销凭证",
            "TELL_RESULT", "通知结果",
            "END_LOGINS", "收回登录");

    private final List<String> missing = new ArrayList<>();

    @Override
    public void onApplicationEvent(ApplicationEvent event) {
        if (event instanceof PayloadApplicationEvent<?> told
                && told.getPayload().getClass().getSimpleName().equals(MISSING_EVIDENCE)) {
            String said = told.getPayload().toString();
            EVIDENCE.forEach((kind, words) -> {
                if (said.contains("kind=" + kind + "]")) {
                    missing.add(words);
                }
            });
        }
    }

    /** The evidence that commit points have missed since the last time; what an account has done meanwhile is none. */
    List<String> missing() {
        List<String> taken = List.copyOf(missing);
        missing.clear();
        return taken;
    }

    /** Of what was owed to the accounts from this one on, the kinds that no diagram has ever fulfilled. */
    static List<String> neverFulfilled(JdbcClient jdbc, String firstAccount) {
        boolean known =
                jdbc.sql("select count(*) from information_schema.tables where lower(table_name) = 'obligation'")
                                .query(Long.class)
                                .single()
                        > 0;
        return !known
                ? List.of()
                : jdbc
                        .sql(
                                "select o.kind from obligation o join holder_request r on r.id = o.request_id"
                                        + " where r.account_id >= ? group by o.kind having count(o.done_at) = 0 order by o.kind")
                        .param(firstAccount)
                        .query(String.class)
                        .list()
                        .stream()
                        .filter(OBLIGATIONS::containsKey)
                        .map(OBLIGATIONS::get)
                        .toList();
    }
}
