package dev.cacheness.spi;

import java.time.Instant;
import java.util.List;

/**
 * Selects entries by their custom metadata.
 *
 * @param table the table, with the columns that are wanted
 * @param aliveAt entries that have not expired by then
 * @param orders the first one counts most; without any the newest entry comes first; in the end entries come by digest
 * @param offset how many entries to leave out at the beginning
 * @param limit how many entries to return at most
 */
public record CustomSelection(
        CustomTable table,
        CustomCondition condition,
        Instant aliveAt,
        List<CustomOrder> orders,
        int offset,
        int limit) {

    public CustomSelection {
        orders = List.copyOf(orders);
    }
}
