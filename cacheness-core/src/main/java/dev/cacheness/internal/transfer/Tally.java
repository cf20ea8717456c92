package dev.cacheness.internal.transfer;

import dev.cacheness.TransferReport;
import java.util.ArrayList;
import java.util.List;

/** Counts what becomes of entries. For one thread. */
public final class Tally {

    private long copied;

    private long present;

    private long expired;

    private long failed;

    private long bytes;

    private final List<String> failures = new ArrayList<>();

    public void copied(long size) {
        copied++;
        bytes += size;
    }

    public void present() {
        present++;
    }

    public void expired() {
        expired++;
    }

    public void failed(String digest, Exception cause) {
        failed++;
        if (failures.size() < TransferReport.MAX_FAILURES) {
            failures.add(digest + ": " + cause);
        }
    }

    public TransferReport report() {
        return new TransferReport(copied, present, expired, failed, bytes, failures);
    }
}
