package org.accountsecurity.policy;

import java.time.LocalDate;
import java.time.Period;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.accountsecurity.contract.TableContract;
import org.accountsecurity.shop.DataSetCatalogue;
import org.springframework.stereotype.Component;

/** Every data set has a row that says what becomes of it, for how long and under which law, and that it can do. */
@Component
class RetentionContract implements TableContract {

    /** What may be kept at all is kept because a law says so: E-Commerce Law, article 31. */
    private static final Period SHORTEST = Period.ofYears(3);
    /** As long as accounting records are: 会计档案管理办法. */
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
    public Optional<String> objection(String asked, Map<String, Object> answer) {
        String treatment = (String) answer.get("treatment");
        String keepFor = (String) answer.get("keepFor");
        if (isBlank((String) answer.get("label")) || isBlank((String) answer.get("law"))) {
            return Optional.of("“名称”和“依据”都要填写，会显示在须知和凭证上。");
        }
        if ("ERASE".equals(treatment)) {
            return isBlank(keepFor) ? Optional.empty() : Optional.of("删除的数据没有保存期限，请清空“保存期限”。");
        }
        if (!"ANONYMISE".equals(treatment)) {
            return Optional.of("“处理方式”请填 ERASE 或 ANONYMISE。");
        }
        if (!dataSets.get(asked).anonymises()) {
            return Optional.of("这类数据只能删除，不能去除身份信息后保存。请填 ERASE。");
        }
        return isBlank(keepFor) || outside(Period.parse(keepFor))
                ? Optional.of("去除身份信息后保存的数据请填“保存期限”，在 P3Y 到 P30Y 之间（《电子商务法》第三十一条：不少于三年）。")
                : Optional.empty();
    }

    private static boolean outside(Period period) {
        LocalDate end = LocalDate.EPOCH.plus(period);
        return end.isBefore(LocalDate.EPOCH.plus(SHORTEST)) || end.isAfter(LocalDate.EPOCH.plus(LONGEST));
    }

    private static boolean isBlank(String text) {
        return text == null || text.isBlank();
    }
}
