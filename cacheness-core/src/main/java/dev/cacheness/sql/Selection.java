package dev.cacheness.sql;

import dev.cacheness.sql.store.RowQuery;
import java.util.List;

/**
 * The rows of an answer.
 *
 * @param pieces what to read from the table, in this order; no row is in two of them
 * @param held further rows, which are not in the table
 * @param limit the most rows of all
 */
record Selection(List<RowQuery> pieces, List<StoredRow> held, long limit) {}
