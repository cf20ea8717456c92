package dev.cacheness.internal.handler.array;

import dev.cacheness.spi.ParallelInput;
import java.io.DataInputStream;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** Reads numbers from the stream of a value. For one thread. */
final class ValueInput extends DataInputStream {

    private boolean hasLayouts;

    ValueInput(InputStream stream) {
        super(stream);
    }

    /** The stream, if several threads can read it at once; it is where this one is, for nothing is buffered here. */
    @Nullable
    ParallelInput parallel() {
        return in instanceof ParallelInput parallel ? parallel : null;
    }

    /** Whether elements begin with their {@link Layout}; in the first version of the format there was but one. */
    boolean hasLayouts() {
        return hasLayouts;
    }

    void hasLayouts(boolean layouts) {
        hasLayouts = layouts;
    }
}
