package dev.cacheness.internal.blob;

import dev.cacheness.CacheConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Whether a directory is one that hosts share, and how the options say so. */
final class SharedDirectories {

    private static final String PREFIX = "cacheness.blob.options.";

    private static final String SHARED = "shared";

    private static final String LEASE = "intent-lease";

    private static final Duration MIN_LEASE = Duration.ofSeconds(1);

    private static final Duration MAX_LEASE = Duration.ofHours(1);

    /** Kinds of file systems that hosts share, as the system calls them. */
    private static final Set<String> NETWORK = Set.of(
            "nfs",
            "nfs4",
            "cifs",
            "smb",
            "smbfs",
            "smb2",
            "smb3",
            "9p",
            "afs",
            "ceph",
            "fuse.ceph",
            "fuse.glusterfs",
            "fuse.sshfs",
            "fuse.s3fs",
            "gfs2",
            "glusterfs",
            "lustre",
            "ocfs2",
            "webdav");

    private SharedDirectories() {}

    /** How long intents last, null if one host has the directory for itself. */
    static @Nullable Duration intentLease(Path directory, Map<String, String> options) throws IOException {
        for (String option : new TreeSet<>(options.keySet())) {
            if (!option.equals(SHARED) && !option.equals(LEASE)) {
                throw new CacheConfigurationException(
                        PREFIX + option,
                        null,
                        "The filesystem backend has no such option.",
                        "Use " + SHARED + " or " + LEASE + ".");
            }
        }
        Duration lease = lease(options.get(LEASE));
        return isShared(directory, options.get(SHARED)) ? lease : null;
    }

    private static boolean isShared(Path directory, @Nullable String text) throws IOException {
        String choice = text == null ? "auto" : text.strip().toLowerCase(Locale.ROOT);
        return switch (choice) {
            case "true" -> true;
            case "false" -> false;
            case "auto" -> NETWORK.contains(Files.getFileStore(directory).type().toLowerCase(Locale.ROOT));
            default ->
                throw new CacheConfigurationException(
                        PREFIX + SHARED,
                        choice,
                        "It says whether several hosts use the directory.",
                        "Use true, false or auto, which goes by the kind of file system.");
        };
    }

    private static Duration lease(@Nullable String text) {
        if (text == null) {
            return IntentProtection.DEFAULT_LEASE;
        }
        Duration lease = Duration.ZERO;
        String iso = text.strip().toUpperCase(Locale.ROOT);
        try {
            lease = Duration.parse(iso.startsWith("P") ? iso : "PT" + iso);
        } catch (DateTimeParseException ex) {
            // Refused below, like one that is out of range.
        }
        if (lease.compareTo(MIN_LEASE) < 0 || lease.compareTo(MAX_LEASE) > 0) {
            throw new CacheConfigurationException(
                    PREFIX + LEASE,
                    text,
                    "It is how long a writer that gives no sign of life keeps its blob from being deleted.",
                    "Use a duration from 1s to 1h, such as 60s.");
        }
        return lease;
    }
}
