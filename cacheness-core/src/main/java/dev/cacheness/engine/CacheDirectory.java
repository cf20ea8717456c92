package dev.cacheness.engine;

import dev.cacheness.CacheConfigurationException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The directory of a cache. It is marked by the file {@value #MARKER}, which names the version of the layout. Files of others may lie beside ours; they
 * are never looked at. What bears one of our names without the marker is not ours, so such a directory is refused.
 */
final class CacheDirectory {

    static final String MARKER = "LAYOUT";

    static final int VERSION = 1;

    private static final Logger log = LoggerFactory.getLogger(CacheDirectory.class);

    private static final Set<String> OUR_NAMES =
            Set.of("cacheness.db", "index.journal", "index.snap", "index.lock", "blobs", "owners");

    private static final boolean POSIX =
            FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

    private final Path directory;

    private final StoreKind kind;

    private CacheDirectory(Path directory, StoreKind kind) {
        this.directory = directory;
        this.kind = kind;
    }

    /**
     * Makes the directory ready, creating it for the owner's eyes only if it is not there.
     *
     * @throws CacheConfigurationException if it cannot be used; nothing in it has changed then
     */
    static void prepare(Path directory, StoreKind kind) {
        new CacheDirectory(directory, kind).prepare();
    }

    private void prepare() {
        if (Files.exists(directory) && !Files.isDirectory(directory)) {
            throw refused("It is a file.", "Name a directory, or one that does not exist yet.", null);
        }
        try {
            Files.createDirectories(directory, attributes("rwx------"));
            Path marker = directory.resolve(MARKER);
            if (Files.exists(marker)) {
                check(Files.readString(marker));
            } else {
                refuseForeignDirectory();
                mark();
            }
        } catch (IOException ex) {
            throw refused("It cannot be written: " + ex + ".", "Make it writable, or name another one.", ex);
        }
        if (!Files.isWritable(directory)) {
            throw refused("It is not writable.", "Make it writable, or name another one.", null);
        }
        warnIfOthersCanWrite();
    }

    /** In one step, so that a process that dies here leaves no half of a marker. */
    private void mark() throws IOException {
        Path draft = Files.createTempFile(directory, MARKER, ".new", attributes("rw-------"));
        try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
            channel.write(StandardCharsets.US_ASCII.encode(kind.marker() + VERSION + "\n"));
            channel.force(true);
        }
        Files.move(draft, directory.resolve(MARKER), StandardCopyOption.ATOMIC_MOVE);
    }

    private void check(String marker) {
        for (StoreKind other : StoreKind.values()) {
            if (other != kind && marker.startsWith(other.marker())) {
                throw refused(
                        "It holds " + other.words() + ", not " + kind.words() + ".", "Name another directory.", null);
            }
        }
        int version;
        try {
            version = marker.startsWith(kind.marker())
                    ? Integer.parseInt(marker.substring(kind.marker().length()).strip())
                    : -1;
        } catch (NumberFormatException ex) {
            version = -1;
        }
        if (version < 1) {
            throw refused(
                    "Its file " + MARKER + " is damaged.",
                    "If this is " + kind.words() + ", write '" + kind.marker() + VERSION
                            + "' into that file; otherwise name another directory.",
                    null);
        }
        if (version > VERSION) {
            throw refused(
                    "It has layout " + version + ", this version of Cacheness knows layouts up to " + VERSION + ".",
                    "Use the newer version of Cacheness, or name another directory.",
                    null);
        }
    }

    private void refuseForeignDirectory() throws IOException {
        List<String> names;
        try (Stream<Path> files = Files.list(directory)) {
            names = files.map(file -> file.getFileName().toString())
                    .filter(OUR_NAMES::contains)
                    .sorted()
                    .toList();
        }
        if (!names.isEmpty()) {
            throw refused(
                    "It holds " + names + " but no file " + MARKER + ", so it is not known to be " + kind.words() + ".",
                    "Name another directory, or move them away.",
                    null);
        }
    }

    private void warnIfOthersCanWrite() {
        if (!POSIX) {
            return;
        }
        try {
            Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(directory);
            if (permissions.contains(PosixFilePermission.OTHERS_WRITE)
                    || permissions.contains(PosixFilePermission.GROUP_WRITE)) {
                log.warn(
                        "Others may write to the cache directory {} ({}); it should be rwx------",
                        directory,
                        PosixFilePermissions.toString(permissions));
            }
        } catch (IOException ex) {
            log.warn("The permissions of the cache directory {} cannot be read", directory, ex);
        }
    }

    private static FileAttribute<?>[] attributes(String permissions) {
        return POSIX
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }

    private CacheConfigurationException refused(String problem, String action, @Nullable Throwable cause) {
        return new CacheConfigurationException(kind.directoryProperty(), directory.toString(), problem, action, cause);
    }
}
