package dev.cacheness.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code -Dcacheness.test.stream-mebibytes=2048} is a value of 2 GiB in a heap of 128 MiB. */
class LargeStreamIT {

    private static final int HEAP = 128;

    private static final long SIZE = Long.getLong("cacheness.test.stream-mebibytes", 4 * HEAP) << 20;

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
