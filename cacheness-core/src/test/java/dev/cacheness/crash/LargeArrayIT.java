package dev.cacheness.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An array goes in and out of a heap that has little room beside it. */
class LargeArrayIT {

    private static final int ARRAY = 96;

    /** Where all arrays but the large one come from. */
    private static final int YOUNG = 8;

    /** What the program takes by itself, and 8 MiB for the cache. */
    private static final int BESIDE = 8 + 8;

    @TempDir
    Path directory;

    @Test
    void anArrayThatFillsTheHeapGoesInAndOut() throws Exception {
        int length = ARRAY * (1 << 20) / Float.BYTES;
        List<String> heap = List.of("-Xmx" + (ARRAY + YOUNG + BESIDE) + "m", "-Xmn" + YOUNG + "m");
        ChildJvm child = ChildJvm.start(heap, LargeArray.class, directory.toString(), Integer.toString(length));

        int status = child.awaitEnd();

        assertThat(status).isZero();
        assertThat(child.lines()).contains("SAME none " + length, "SAME lz4 " + length, "SAME zstd " + length);
    }
}
