package org.accountsecurity.deregistration;

import java.time.Period;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.accountsecurity.policy.Retention;
import org.accountsecurity.policy.RetentionTable;
import org.accountsecurity.shop.DataSetCatalogue;
import org.accountsecurity.shop.Preview;
import org.accountsecurity.text.Messages;
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

    /** What would become of the account's data now, by language: Markdown. */
    Map<Locale, String> texts(String requestId, String accountId) {
        Map<String, Preview> asked = dataSets.getNames().stream()
                .collect(Collectors.toMap(Function.identity(), dataSet -> preview(requestId, accountId, dataSet)));
        return Messages.LANGUAGES.stream()
                .collect(Collectors.toMap(
                        Function.identity(),
                        language -> Messages.in(language, () -> text(requestId, accountId, asked))));
    }

    /** The same in the language of the thread, without asking those data sets again that have been asked. */
    String text(String requestId, String accountId, Map<String, Preview> asked) {
        return dataSets.getNames().stream()
                .map(dataSet -> line(
                        retention.of(requestId, dataSet),
                        asked.containsKey(dataSet) ? asked.get(dataSet) : preview(requestId, accountId, dataSet)))
                .collect(Collectors.joining("\n"));
    }

    /** What would become of the account's records in one data set now. */
    Preview preview(String requestId, String accountId, String dataSet) {
        Retention row = retention.of(requestId, dataSet);
        return dataSets.ask(dataSet, asked -> asked.preview(accountId, row.treatment()));
    }

    private static String line(Retention row, Preview preview) {
        if (preview.records() == 0) {
            return "- **" + escaped(row.label()) + "**：没有记录。";
        }
        String fate = preview.frozenUntil() == null
                ? "删除，不可恢复"
                : "依法须保存的去除身份信息后封存，自交易完成起保存 " + years(row.treatment().keepFor()) + "，最迟保存到 " + preview.frozenUntil()
                        + "，到期删除；其余删除，不可恢复";
        return "- **" + escaped(row.label()) + "**（" + preview.records() + " 条）：" + fate + "。依据" + escaped(row.law())
                + "。";
    }

    /** What a table says stands in the notice as it is. */
    private static String escaped(String text) {
        return text.replaceAll("\\p{Punct}", "\\\\$0");
    }

    private static String years(Period period) {
        return period.getMonths() == 0 && period.getDays() == 0
                ? period.getYears() + " 年"
                : period.toTotalMonths() + " 个月";
    }
}
