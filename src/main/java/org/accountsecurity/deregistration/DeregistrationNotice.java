package org.accountsecurity.deregistration;

import java.time.Period;
import java.util.HashMap;
import java.util.LinkedHashMap;
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

/** The notice: one line for each data set, from a dry run of its erasure by the decision table {@code data-retention}. */
@Component
class DeregistrationNotice {

    private final DataSetCatalogue dataSets;
    private final RetentionTable retention;

    DeregistrationNotice(DataSetCatalogue dataSets, RetentionTable retention) {
        this.dataSets = dataSets;
        this.retention = retention;
    }

    /** The consequences for the account's data now, in Markdown and in each language. */
    Map<Locale, String> texts(String requestId, String accountId) {
        Map<String, Preview> previews = previews(requestId, accountId, Map.of());
        return Messages.LANGUAGES.stream()
                .collect(Collectors.toMap(
                        Function.identity(), language -> Messages.in(language, () -> text(requestId, previews))));
    }

    /** The text with these previews, in the language of the thread. */
    String text(String requestId, Map<String, Preview> previews) {
        return previews.entrySet().stream()
                .map(preview -> line(retention.of(requestId, preview.getKey()), preview.getValue()))
                .collect(Collectors.joining("\n"));
    }

    /**
     * A dry run of the erasure of each data set.
     *
     * @param known previews of data sets that are not asked again
     */
    Map<String, Preview> previews(String requestId, String accountId, Map<String, Preview> known) {
        Map<String, Preview> previews = new LinkedHashMap<>();
        for (String dataSet : dataSets.getNames()) {
            Preview preview = known.get(dataSet);
            previews.put(dataSet, preview == null ? preview(requestId, accountId, dataSet) : preview);
        }
        return previews;
    }

    /** A dry run of the erasure of one data set. */
    Preview preview(String requestId, String accountId, String dataSet) {
        Retention row = retention.of(requestId, dataSet);
        return dataSets.ask(dataSet, asked -> asked.preview(accountId, row.treatment()));
    }

    private static String line(Retention row, Preview preview) {
        if (preview.records() == 0) {
            return Messages.text("deregistration.notice-nothing", "label", escaped(row.label()));
        }
        Map<String, String> parameters = new HashMap<>();
        parameters.put("label", escaped(row.label()));
        parameters.put("records", String.valueOf(preview.records()));
        parameters.put("law", escaped(row.law()));
        if (preview.retainedUntil() == null) {
            return Messages.text("deregistration.notice-erased", parameters);
        }
        parameters.put("period", text(row.treatment().keepFor()));
        parameters.put("until", preview.retainedUntil().toString());
        return Messages.text("deregistration.notice-retained", parameters);
    }

    /** So that no character of a decision table is read as Markdown. */
    private static String escaped(String text) {
        return text.replaceAll("\\p{Punct}", "\\\\$0");
    }

    private static String text(Period period) {
        return period.getMonths() == 0 && period.getDays() == 0
                ? Messages.text("deregistration.years", "count", period.getYears())
                : Messages.text("deregistration.months", "count", period.toTotalMonths());
    }
}
