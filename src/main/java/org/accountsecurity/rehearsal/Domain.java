package org.accountsecurity.rehearsal;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.accountsecurity.obligation.Kind;
import org.accountsecurity.request.MissingEvidence;
import org.springframework.context.ApplicationListener;
import org.springframework.context.PayloadApplicationEvent;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What the domain had to ask for itself, because the diagram did not bring it about. */
final class Domain implements ApplicationListener<PayloadApplicationEvent<MissingEvidence>> {

    /** What an account has done meanwhile is no fault of a diagram. */
    private static final Map<MissingEvidence.Kind, String> EVIDENCE = new EnumMap<>(Map.of(
            MissingEvidence.Kind.CONFIRMATION, "本人的最后确认",
            MissingEvidence.Kind.CONSENT, "本人对须知的同意",
            MissingEvidence.Kind.NOTICE, "与本人看到的一致的须知",
            MissingEvidence.Kind.CODE, "规定的验证码",
            MissingEvidence.Kind.COOLING_OFF, "决策表规定的冷静期",
            MissingEvidence.Kind.HOLD, "外部数据集的冻结"));

    private static final Map<Kind, String> OBLIGATIONS = new EnumMap<>(Map.of(
            Kind.TELL_REQUESTED, "通知已收到申请",
            Kind.TELL_CLOSING, "通知正在注销",
            Kind.TELL_PHONE_CHANGED, "通知新旧手机号",
            Kind.ERASE, "清除数据",
            Kind.SIGN_RECEIPT, "出具注销凭证",
            Kind.TELL_RESULT, "通知结果",
            Kind.END_LOGINS, "收回登录"));

    private final JdbcClient jdbc;
    private final List<String> missing = new ArrayList<>();

    Domain(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public void onApplicationEvent(PayloadApplicationEvent<MissingEvidence> event) {
        String words = EVIDENCE.get(event.getPayload().kind());
        if (words != null) {
            missing.add(words);
        }
    }

    /** The evidence that commit points have missed since the last time. */
    List<String> missing() {
        List<String> taken = List.copyOf(missing);
        missing.clear();
        return taken;
    }

    /** Of what was owed to the accounts from this one on, the kinds that no diagram has ever fulfilled. */
    List<String> neverFulfilled(String firstAccount) {
        return jdbc
                .sql("select o.kind from obligation o join holder_request r on r.id = o.request_id"
                        + " where r.account_id >= ? group by o.kind having count(o.done_at) = 0 order by o.kind")
                .param(firstAccount)
                .query(String.class)
                .list()
                .stream()
                .map(Kind::valueOf)
                .filter(OBLIGATIONS::containsKey)
                .map(OBLIGATIONS::get)
                .toList();
    }

    /** Processes that have ended and left a request of these accounts open. */
    List<String> leftOpen(String firstAccount) {
        return jdbc.sql("select distinct process_key from holder_request where account_id >= ? and ended_at is null"
                        + " and process_instance_id not in (select ID_ from ACT_RU_EXECUTION) order by process_key")
                .param(firstAccount)
                .query(String.class)
                .list();
    }
}
