package dev.cacheness.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LargeStreamIT {

    @TempDir
    Path directory;

    @Test
    void aStreamLargerThanTheHeapGoesInAndOut() throws Exception {
        ChildJvm child = ChildJvm.start(LargeStream.class, directory.toString());

        int status = child.awaitEnd();

        assertThat(status).isZero();
        assertThat(child.lines()).contains("SAME " + (1L << 30));
    }
}
