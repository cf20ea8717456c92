package dev.cacheness.engine;

import dev.cacheness.MissReason;
import dev.cacheness.internal.store.CorruptValueException;
import org.jspecify.annotations.Nullable;

/** There is an entry, but its value cannot be given to the caller. */
final class UnreadableException extends Exception {

    private static final long serialVersionUID = 1L;

    private final MissReason reason;

    private final boolean damaged;

    UnreadableException(MissReason reason, @Nullable String message, @Nullable Throwable cause) {
        this(reason, message, cause, false);
    }

    private UnreadableException(
            MissReason reason, @Nullable String message, @Nullable Throwable cause, boolean damaged) {
        super(message, cause);
        this.reason = reason;
        this.damaged = damaged;
    }

    static UnreadableException damaged(CorruptValueException cause) {
        return new UnreadableException(MissReason.CORRUPT, cause.getMessage(), cause, true);
    }

    MissReason reason() {
        return reason;
    }

    /** Whether the bytes are wrong for good, so that the entry is of no use to anybody. */
    boolean damaged() {
        return damaged;
    }
}
