package dev.cacheness.boot.autoconfigure;

import dev.cacheness.CacheClosedException;
import dev.cacheness.Cacheness;
import dev.cacheness.TransferReport;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Imports a bundle in a thread of its own, after all else has started. The application does not wait for it, and runs without it if it fails. */
final class WarmUp implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(WarmUp.class);

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Cacheness cacheness;

    private final Path bundle;

    private volatile @Nullable Thread thread;

    WarmUp(Cacheness cacheness, Path bundle) {
        this.cacheness = cacheness;
        this.bundle = bundle;
    }

    @Override
    public void start() {
        var started = new Thread(this::run, "cacheness-warm-up");
        started.setDaemon(true);
        thread = started;
        started.start();
    }

    private void run() {
        log.info("Importing entries from {}", bundle);
        try {
            TransferReport report = cacheness.importFrom(bundle);
            log.info(
                    "Imported {} entries from {}; {} were there already, {} had expired, {} failed {}",
                    report.copied(),
                    bundle,
                    report.present(),
                    report.expired(),
                    report.failed(),
                    report.failures());
        } catch (CacheClosedException ex) {
            log.info("The cache was closed before all entries from {} were imported", bundle);
        } catch (RuntimeException ex) {
            log.warn("The cache starts without the entries from {}", bundle, ex);
        } finally {
            thread = null;
        }
    }

    /** Gives an import under way a moment; what it stored so far is whole. */
    @Override
    public void stop() {
        Thread running = thread;
        if (running == null) {
            return;
        }
        try {
            running.join(PATIENCE.toMillis());
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return thread != null;
    }

    /** Last to start, first to stop. */
    @Override
    public int getPhase() {
        return Integer.MAX_VALUE;
    }
}
