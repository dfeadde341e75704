package org.accountsecurity.deregistration;

import java.math.BigDecimal;
import java.util.Map;
import org.accountsecurity.shop.OpenItem;

/**
 * An open item with its row of the decision table.
 *
 * @param key the value that the form sends when the holder ticks the item; stable for the item, and valid only within its
 *     request
 */
record Blocker(String key, String dataSet, OpenItem item, boolean blocks, SettledBy settledBy, String remedy) {

    /** A row of the form's table. */
    Map<String, String> row() {
        return Map.of(
                "what",
                item.label(),
                "amount",
                item.amountFen() == 0 ? "" : yuan(item.amountFen()),
                "who",
                settledBy.label(),
                "how",
                remedy);
    }

    /** An option of the form's checklist. */
    Map<String, String> option() {
        return Map.of("label", item.label(), "value", key());
    }

    static String yuan(long fen) {
        return "¥" + BigDecimal.valueOf(fen, 2).toPlainString();
    }
}
