package dev.cacheness;

import java.util.List;

/**
 * What became of entries that were to be copied.
 *
 * @param copied entries that are there now and were not before; each was read back and compared
 * @param present entries that were there already, or were replaced meanwhile by later ones
 * @param expired entries whose time was over
 * @param failed entries that could not be read
 * @param bytes the size of the copied values before compression
 * @param failures which entries failed and why, the first {@value #MAX_FAILURES} of them
 */
public record TransferReport(long copied, long present, long expired, long failed, long bytes, List<String> failures) {

    public static final int MAX_FAILURES = 100;

    public TransferReport {
        failures = List.copyOf(failures);
    }

    /** How many entries were looked at. */
    public long entries() {
        return copied + present + expired + failed;
    }
}
