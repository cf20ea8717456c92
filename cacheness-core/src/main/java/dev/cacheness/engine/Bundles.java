package dev.cacheness.engine;

import dev.cacheness.CacheStorageException;
import dev.cacheness.TransferReport;
import dev.cacheness.internal.transfer.BundleInput;
import dev.cacheness.internal.transfer.BundleOutput;
import dev.cacheness.internal.transfer.StoreSource;
import dev.cacheness.internal.transfer.StoreTarget;
import dev.cacheness.internal.transfer.Tally;
import dev.cacheness.internal.transfer.TravellingEntry;
import dev.cacheness.spi.EntryFilter;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Entries in a file. */
final class Bundles {

    private static final Logger log = LoggerFactory.getLogger(Bundles.class);

    private static final int BUFFER = 1 << 16;

    private static final long PROGRESS_NANOS = 5_000_000_000L;

    private Bundles() {}

    /** @throws CacheStorageException if the file cannot be written; a former one is as it was */
    static TransferReport write(TransferEnd from, EntryFilter filter, Path bundle) {
        Tally tally = new Tally();
        try {
            Path folder = bundle.toAbsolutePath().getParent();
            Path draft = Files.createTempFile(folder, "." + bundle.getFileName(), ".part");
            try {
                try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(draft), BUFFER)) {
                    var output = new BundleOutput(out);
                    new StoreSource(from.store(), filter, true)
                            .forEach(from.clock().instant(), tally, (entry, value) -> {
                                output.write(entry, value);
                                tally.copied(entry.metadata().rawSizeBytes());
                            });
                    output.finish();
                }
                Files.move(draft, bundle, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(draft);
            }
        } catch (IOException ex) {
            throw new CacheStorageException("The bundle '" + bundle + "' cannot be written: " + ex, ex);
        }
        return tally.report();
    }

    /** @throws CacheStorageException if the file is not as it was written; nothing was stored then */
    static TransferReport read(Path bundle, TransferEnd to) {
        long total;
        try (InputStream in = Files.newInputStream(bundle)) {
            total = new BundleInput(in).verify();
        } catch (IOException ex) {
            throw new CacheStorageException(
                    "The bundle '" + bundle + "' is refused, and nothing of it was stored: " + ex, ex);
        }
        try (InputStream in = Files.newInputStream(bundle)) {
            return store(new BundleInput(in), total, bundle, to);
        } catch (IOException ex) {
            throw new CacheStorageException("The bundle '" + bundle + "' was altered while it was read: " + ex, ex);
        }
    }

    private static TransferReport store(BundleInput input, long total, Path bundle, TransferEnd to) throws IOException {
        StoreTarget target = to.target();
        Tally tally = new Tally();
        long done = 0;
        long told = System.nanoTime();
        for (TravellingEntry entry = input.next(); entry != null; entry = input.next()) {
            Instant now = to.clock().instant();
            if (entry.metadata().isExpired(now)) {
                tally.expired();
            } else {
                target.put(entry, input.value(), tally);
            }
            input.value().transferTo(OutputStream.nullOutputStream());
            done++;
            if (System.nanoTime() - told >= PROGRESS_NANOS) {
                told = System.nanoTime();
                log.info("Imported {} of {} entries from {}", done, total, bundle);
            }
        }
        to.store().index().force();
        return tally.report();
    }
}
