package org.accountsecurity.policy;

import java.time.LocalDate;
import java.time.Period;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.accountsecurity.contract.TableContract;
import org.accountsecurity.shop.DataSetCatalogue;
import org.accountsecurity.text.Sentence;
import org.springframework.stereotype.Component;

/** Every data set has a row with its treatment, retention period and legal basis, and supports that treatment. */
@Component
class RetentionContract implements TableContract {

    /** E-Commerce Law, article 31: no other law lets records be kept. */
    private static final Period SHORTEST = Period.ofYears(3);
    /** The longest period for accounting records (会计档案管理办法). */
    private static final Period LONGEST = Period.ofYears(30);

    private final DataSetCatalogue dataSets;

    RetentionContract(DataSetCatalogue dataSets) {
        this.dataSets = dataSets;
    }

    @Override
    public String table() {
        return "data-retention";
    }

    @Override
    public String process() {
        return "data-erasure";
    }

    @Override
    public String input() {
        return "dataSet";
    }

    @Override
    public List<String> asked() {
        return dataSets.getNames();
    }

    @Override
    public Optional<Sentence> objection(String asked, Map<String, Object> answer) {
        String treatment = (String) answer.get("treatment");
        String keepFor = (String) answer.get("keepFor");
        if (isBlank((String) answer.get("label")) || isBlank((String) answer.get("law"))) {
            return objection("blank");
        }
        if ("ERASE".equals(treatment)) {
            return isBlank(keepFor) ? Optional.empty() : objection("period-of-erased");
        }
        if (!"ANONYMISE".equals(treatment)) {
            return objection("unknown-treatment");
        }
        if (!dataSets.get(asked).anonymises()) {
            return objection("only-erased");
        }
        return isBlank(keepFor) || outside(Period.parse(keepFor)) ? objection("period") : Optional.empty();
    }

    private static Optional<Sentence> objection(String key) {
        return Optional.of(Sentence.of("retention." + key));
    }

    private static boolean outside(Period period) {
        LocalDate end = LocalDate.EPOCH.plus(period);
        return end.isBefore(LocalDate.EPOCH.plus(SHORTEST)) || end.isAfter(LocalDate.EPOCH.plus(LONGEST));
    }

    private static boolean isBlank(String text) {
        return text == null || text.isBlank();
    }
}
