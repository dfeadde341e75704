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
import org.accountsecurity.shop.Preview;
import org.springframework.stereotype.Component;

/** The notice: one line a data set, from a dry run of the erasure under the decision table that steers it. */
@Component
class DeregistrationNotice {

    private final DataSetCatalogue dataSets;
    private final RetentionTable retention;

    DeregistrationNotice(DataSetCatalogue dataSets, RetentionTable retention) {
        this.dataSets = dataSets;
        this.retention = retention;
    }

    /** What would become of the account's data now: Markdown, in Chinese. */
    String text(String requestId, String accountId) {
        return dataSets.getNames().stream()
                .map(dataSet -> {
                    Retention row = retention.of(requestId, dataSet);
                    return line(row, dataSets.ask(dataSet, asked -> asked.preview(accountId, row.treatment())));
                })
                .collect(Collectors.joining("\n"));
    }

    static String hash(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is missing from this Java", e);
        }
    }

    private static String line(Retention row, Preview preview) {
        if (preview.records() == 0) {
            return "- **" + row.label() + "**：没有记录。";
        }
        String fate = preview.frozenUntil() == null
                ? "删除，不可恢复"
                : "依法须保存的去除身份信息后封存，自交易完成起保存 " + years(row.treatment().keepFor()) + "，最迟保存到 " + preview.frozenUntil()
                        + "，到期删除；其余删除，不可恢复";
        return "- **" + row.label() + "**（" + preview.records() + " 条）：" + fate + "。依据" + row.law() + "。";
    }

    private static String years(Period period) {
        return period.getMonths() == 0 && period.getDays() == 0
                ? period.getYears() + " 年"
                : period.toTotalMonths() + " 个月";
    }
}
