package dev.cacheness.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code -Dcacheness.test.stream-mebibytes=2048} is a value of 2 GiB. */
class LargeStreamIT {

    /** What the program takes by itself, and 8 MiB for the cache. */
    private static final int HEAP = 16 + 8;

    private static final long SIZE = Long.getLong("cacheness.test.stream-mebibytes", 512) << 20;

    @TempDir
    Path directory;

    @Test
    void aStreamLargerThanTheHeapGoesInAndOut() throws Exception {
        ChildJvm child = ChildJvm.start(HEAP, LargeStream.class, directory.toString(), Long.toString(SIZE));

        int status = child.awaitEnd();

        assertThat(status).isZero();
        assertThat(child.lines()).contains("SAME " + SIZE);
    }
}
