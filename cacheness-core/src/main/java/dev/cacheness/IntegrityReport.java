package dev.cacheness;

import java.util.List;
import java.util.Map;

/**
 * What {@link Cacheness#verify} or {@link Cacheness#repair} found. Immutable.
 *
 * @param entries how many entries were looked at, expired ones included
 * @param counts how many of them have a problem, by kind; every kind has a count
 * @param problems the first {@value #MAX_PROBLEMS} problems
 * @param orphans blobs that no entry refers to and no living writer of this or another process is about to
 * @param removed entries that were removed because of their problems, 0 unless this was a repair
 * @param orphansDeleted blobs that were deleted, 0 unless this was a repair
 */
public record IntegrityReport(
        long entries,
        Map<IntegrityProblem.Kind, Long> counts,
        List<IntegrityProblem> problems,
        long orphans,
        long removed,
        long orphansDeleted) {

    /** How many problems are told one by one. */
    public static final int MAX_PROBLEMS = 1_000;

    public IntegrityReport {
        counts = Map.copyOf(counts);
        problems = List.copyOf(problems);
    }

    /** How many entries have a problem. */
    public long problemCount() {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Whether there was nothing to repair. */
    public boolean isSound() {
        return problemCount() == 0 && orphans == 0;
    }
}
