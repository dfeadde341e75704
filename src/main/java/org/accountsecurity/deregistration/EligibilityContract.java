package org.accountsecurity.deregistration;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.accountsecurity.contract.TableContract;
import org.accountsecurity.text.Sentence;
import org.springframework.stereotype.Component;

/** Every kind of open item has a row, unknown kinds too, and money or an unfinished transaction always blocks. */
@Component
class EligibilityContract implements TableContract {

    private static final List<String> DEBTS =
            List.of("UNPAID_ORDER", "ORDER_IN_DELIVERY", "WALLET_BALANCE", "SUBSCRIPTION");
    private static final String OTHER = "(OTHER)";

    @Override
    public String table() {
        return "deregistration-eligibility";
    }

    @Override
    public String process() {
        return "deregistration-preparation";
    }

    @Override
    public String input() {
        return "kind";
    }

    @Override
    public List<String> asked() {
        return List.of(
                "UNPAID_ORDER",
                "ORDER_IN_DELIVERY",
                "WALLET_BALANCE",
                "SUBSCRIPTION",
                "LINKED_LOGIN",
                "LAST_LOGIN",
                OTHER);
    }

    @Override
    public Optional<Sentence> objection(String asked, Map<String, Object> answer) {
        boolean blocks = (Boolean) answer.get("blocks");
        SettledBy.valueOf((String) answer.get("settledBy"));
        String remedy = (String) answer.get("remedy");
        if (!blocks && (DEBTS.contains(asked) || asked.equals(OTHER))) {
            return Optional.of(Sentence.of("deregistration.debt-must-block"));
        }
        return remedy == null || remedy.isBlank()
                ? Optional.of(Sentence.of("deregistration.remedy-missing"))
                : Optional.empty();
    }
}
