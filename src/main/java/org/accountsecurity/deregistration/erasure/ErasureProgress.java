package org.accountsecurity.deregistration.erasure;

import java.util.Map;
import java.util.Set;
import org.accountsecurity.request.FormValues;
import org.accountsecurity.text.Messages;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The form value with the numbers of data sets that are erased, planned and failed so far. */
@Component
class ErasureProgress implements FormValues {

    private static final String PROGRESS = "progress";

    private final JdbcClient jdbc;

    ErasureProgress(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public boolean forStaff() {
        return true;
    }

    @Override
    public Set<String> names() {
        return Set.of(PROGRESS);
    }

    @Override
    public Map<String, Object> of(String requestId) {
        return Map.of(PROGRESS, text(requestId));
    }

    /** Such as {@code 6/7 类数据，1 类暂未成功，客服正在处理}. */
    String text(String requestId) {
        return jdbc.sql("select count(verified_at) as done, count(*) as planned,"
                        + " count(case when verified_at is null then failed_since end) as failed"
                        + " from erasure where request_id = ?")
                .param(requestId)
                .query((row, number) -> Messages.text(
                        row.getInt("failed") == 0 ? "erasure.progress" : "erasure.progress-failed",
                        "done",
                        row.getInt("done"),
                        "planned",
                        row.getInt("planned"),
                        "failed",
                        row.getInt("failed")))
                .single();
    }
}
