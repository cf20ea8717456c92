package dev.cacheness.engine;

import dev.cacheness.IntegrityReport;
import dev.cacheness.MissReason;
import dev.cacheness.internal.store.EntryStore;
import java.io.IOException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is done to the store now and then, in the background or when somebody asks for it. Thread-safe. */
final class Upkeep {

    private static final Logger log = LoggerFactory.getLogger(Upkeep.class);

    private static final Duration ACCESS_FLUSH_INTERVAL = Duration.ofSeconds(5);

    private static final Duration EXPIRY_SWEEP_INTERVAL = Duration.ofMinutes(1);

    private static final Duration ORPHAN_SWEEP_INTERVAL = Duration.ofHours(1);

    private final EntryStore store;

    private final Removals removals;

    private final ExpirySweep expirySweep;

    private final Evictor evictor;

    private final NamespaceEvictor namespaceEvictor;

    private final AccessLog accessLog;

    private final Happenings happenings;

    private final FailureLog failures;

    Upkeep(
            EntryStore store,
            Removals removals,
            ExpirySweep expirySweep,
            Evictor evictor,
            NamespaceEvictor namespaceEvictor,
            AccessLog accessLog,
            Happenings happenings,
            FailureLog failures) {
        this.store = store;
        this.removals = removals;
        this.expirySweep = expirySweep;
        this.evictor = evictor;
        this.namespaceEvictor = namespaceEvictor;
        this.accessLog = accessLog;
        this.happenings = happenings;
        this.failures = failures;
    }

    void schedule(Maintenance maintenance, boolean cleanUpOnInit) {
        if (cleanUpOnInit) {
            maintenance.execute(expirySweep::run);
        }
        maintenance.execute(this::sweepOrphans);
        maintenance.every(ACCESS_FLUSH_INTERVAL, accessLog::flush);
        maintenance.every(ACCESS_FLUSH_INTERVAL, evictor::enforce);
        maintenance.every(EXPIRY_SWEEP_INTERVAL, namespaceEvictor::enforce);
        maintenance.every(ACCESS_FLUSH_INTERVAL, removals.missed()::repeat);
        maintenance.every(EXPIRY_SWEEP_INTERVAL, expirySweep::run);
        maintenance.every(ORPHAN_SWEEP_INTERVAL, this::sweepOrphans);
    }

    private void sweepOrphans() {
        try {
            int deleted = store.sweep();
            if (deleted > 0) {
                log.info("Deleted {} blobs that writers left behind", deleted);
            }
        } catch (IOException ex) {
            failures.warn("sweep", "Blobs that writers left behind could not be looked for", ex);
        }
    }

    /** @param repair whether to remove what is damaged */
    IntegrityReport check(boolean repair) {
        var check = new IntegrityCheck(store, repair, removed -> happenings.removed(removed, MissReason.CORRUPT));
        IntegrityReport report = check.run();
        if (!report.isSound()) {
            log.warn(
                    "Of {} entries {} have problems {}, and {} blobs belong to none; removed {} entries and {} blobs",
                    report.entries(),
                    report.problemCount(),
                    report.counts(),
                    report.orphans(),
                    report.removed(),
                    report.orphansDeleted());
        }
        return report;
    }
}
