package dev.cacheness.storage;

import dev.cacheness.CacheStorageException;
import dev.cacheness.MissReason;
import org.jspecify.annotations.Nullable;

/** There is an artifact, but its value cannot be given to the caller. It stays where it is. */
public class UnreadableBlobException extends CacheStorageException {

    private static final long serialVersionUID = 1L;

    private final String key;

    private final int version;

    private final MissReason reason;

    /** @param problem what is wrong, with what to do */
    public UnreadableBlobException(
            String key, int version, MissReason reason, String problem, @Nullable Throwable cause) {
        super(
                "The artifact '" + key + "', version " + version + ", cannot be read (" + reason.label() + "): "
                        + problem,
                cause);
        this.key = key;
        this.version = version;
        this.reason = reason;
    }

    /** The key of the artifact. */
    public String key() {
        return key;
    }

    /** The version of the artifact. */
    public int version() {
        return version;
    }

    /**
     * {@code TYPE_CHANGED} if it is a value of another type, {@code CORRUPT} if its bytes are damaged or gone, {@code REFUSED} if its class is not trusted or
     * its handler or codec is missing, {@code BACKEND_DOWN} if the bytes could not be had now.
     */
    public MissReason reason() {
        return reason;
    }
}
