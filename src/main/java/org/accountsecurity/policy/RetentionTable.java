package org.accountsecurity.policy;

import java.time.Period;
import java.util.Map;
import org.accountsecurity.shop.DataSetCatalogue;
import org.accountsecurity.shop.Treatment;
import org.accountsecurity.text.ModelTexts;
import org.springframework.stereotype.Component;

/** Reads the decision table {@code data-retention}. */
@Component
public class RetentionTable {

    private static final String TABLE = "data-retention";

    private final DecisionTables tables;
    private final DataSetCatalogue dataSets;

    public RetentionTable(DecisionTables tables, DataSetCatalogue dataSets) {
        this.tables = tables;
        this.dataSets = dataSets;
    }

    /**
     * The treatment of a data set of a request.
     *
     * @throws IllegalStateException if the table has no row for it or no valid treatment: nothing is erased or kept by
     *     default
     */
    public Retention of(String requestId, String dataSet) {
        Map<String, Object> row = tables.ask(requestId, TABLE, "dataSet", dataSet);
        String keepFor = (String) row.get("keepFor");
        return new Retention(
                ModelTexts.cell(TABLE, (String) row.get("label")),
                new Treatment(
                        anonymise(dataSet, (String) row.get("treatment")),
                        keepFor == null ? Period.ZERO : Period.parse(keepFor)),
                ModelTexts.cell(TABLE, (String) row.get("law")));
    }

    private boolean anonymise(String dataSet, String treatment) {
        if ("ANONYMISE".equals(treatment) && !dataSets.get(dataSet).anonymises()) {
            throw new IllegalStateException("the data set " + dataSet + " can only be erased, not anonymised");
        }
        return switch (String.valueOf(treatment)) {
            case "ERASE" -> false;
            case "ANONYMISE" -> true;
            default ->
                throw new IllegalStateException(
                        "data-retention.dmn says neither ERASE nor ANONYMISE for the data set " + dataSet);
        };
    }
}
