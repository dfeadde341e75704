package org.accountsecurity.deregistration;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Period;
import java.util.HexFormat;
import java.util.stream.Collectors;
import org.accountsecurity.deregistration.erasure.DataSetCatalogue;
import org.accountsecurity.deregistration.erasure.Retention;
import org.accountsecurity.deregistration.erasure.RetentionTable;
import org.springframework.stereotype.Component;

/** The notice: one line a data set, from the decision table that also steers the erasure. */
@Component
class DeregistrationNotice {

    private final DataSetCatalogue dataSets;
    private final RetentionTable retention;

    DeregistrationNotice(DataSetCatalogue dataSets, RetentionTable retention) {
        this.dataSets = dataSets;
        this.retention = retention;
    }

    /** Markdown, in Chinese. */
    String text() {
        return dataSets.getNames().stream()
                .map(retention::of)
                .map(DeregistrationNotice::line)
                .collect(Collectors.joining("\n"));
    }

    String hash(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is missing from this Java", e);
        }
    }

    private static String line(Retention row) {
        String fate = row.treatment().anonymise()
                ? "去除身份信息后封存，自交易完成起保存 " + years(row.treatment().keepFor()) + "，到期删除"
                : "删除，不可恢复";
        return "- **" + row.label() + "**：" + fate + "。依据" + row.law() + "。";
    }

    private static String years(Period period) {
        return period.getMonths() == 0 && period.getDays() == 0
                ? period.getYears() + " 年"
                : period.toTotalMonths() + " 个月";
    }
}
