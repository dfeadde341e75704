package org.accountsecurity.deregistration;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.accountsecurity.contract.TableContract;
import org.springframework.stereotype.Component;

/** Every open item is decided, one of a kind that nobody has thought of too, and no debt is let pass. */
@Component
class EligibilityContract implements TableContract {

    private static final List<String> OWED =
            List.of("UNPAID_ORDER", "ORDER_IN_DELIVERY", "WALLET_BALANCE", "SUBSCRIPTION");
    private static final String UNKNOWN = "(其他事项)";

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
                UNKNOWN);
    }

    @Override
    public Optional<String> objection(String asked, Map<String, Object> answer) {
        boolean blocks = (Boolean) answer.get("blocks");
        SettledBy.valueOf((String) answer.get("settledBy"));
        String remedy = (String) answer.get("remedy");
        if (!blocks && (OWED.contains(asked) || asked.equals(UNKNOWN))) {
            return Optional.of("有钱款或交易未结清时不能注销，“阻止注销”请填 true。");
        }
        return remedy == null || remedy.isBlank() ? Optional.of("“怎么处理”请写明持有人该做什么。") : Optional.empty();
    }
}
