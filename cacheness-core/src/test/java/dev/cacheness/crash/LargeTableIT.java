package dev.cacheness.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code -Dcacheness.test.table-rows=10000000} is a table of ten million rows. */
class LargeTableIT {

    private static final int HEAP = 64;

    private static final long ROWS = Long.getLong("cacheness.test.table-rows", 1_000_000);

    @TempDir
    Path directory;

    @Test
    void aTableLargerThanTheHeapGoesInAndOutRowByRow() throws Exception {
        ChildJvm child = ChildJvm.start(HEAP, LargeTable.class, directory.toString(), Long.toString(ROWS));

        int status = child.awaitEnd();

        assertThat(status).isZero();
        assertThat(child.lines()).contains("SAME " + ROWS);
    }
}
