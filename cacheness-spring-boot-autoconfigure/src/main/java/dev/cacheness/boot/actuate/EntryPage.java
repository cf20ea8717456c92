package dev.cacheness.boot.actuate;

import java.util.List;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * Some of the entries, newest first.
 *
 * @param total how many answer the query
 * @param offset how many were left out at the beginning
 * @param limit how many are shown at most
 * @param entries those that are shown
 */
public record EntryPage(long total, int offset, int limit, List<EntryDescriptor> entries)
        implements OperationResponseBody {}
