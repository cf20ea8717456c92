package dev.cacheness.boot.actuate;

import dev.cacheness.IntegrityProblem;
import dev.cacheness.IntegrityReport;
import java.util.List;
import java.util.Map;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * What a look at all stored bytes found.
 *
 * @param sound whether there is nothing to repair
 * @param entries how many entries were looked at
 * @param counts how many of them have a problem, by kind
 * @param problems the first of the problems
 * @param orphans blobs that belong to no entry
 * @param removed entries that were removed
 * @param orphansDeleted blobs that were deleted
 */
public record IntegrityDescriptor(
        boolean sound,
        long entries,
        Map<IntegrityProblem.Kind, Long> counts,
        List<IntegrityProblem> problems,
        long orphans,
        long removed,
        long orphansDeleted)
        implements OperationResponseBody {

    static IntegrityDescriptor of(IntegrityReport report) {
        return new IntegrityDescriptor(
                report.isSound(),
                report.entries(),
                report.counts(),
                report.problems(),
                report.orphans(),
                report.removed(),
                report.orphansDeleted());
    }
}
