package dev.cacheness.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Two processes with four threads each on one directory, putting, reading, loading, expiring, evicting and invalidating the same keys: as two processes of one
 * host do, and as two hosts.
 *
 * <p>{@code -Dshare.seconds=60} works longer, {@code -Dshare.seed=…} repeats a run as far as threads can be repeated.
 */
class TwoProcessesIT {

    private static final String SECONDS = System.getProperty("share.seconds", "15");

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"sqlite", Durable.SHARED})
    void noErrorAndNoWrongValue(String backend) throws Exception {
        String place = Durable.place(backend);
        long seed = Long.getLong("share.seed", System.nanoTime());

        ChildJvm first = ChildJvm.start(Sharer.class, directory.toString(), SECONDS, Long.toString(seed), place);
        ChildJvm second =
                ChildJvm.start(Sharer.class, directory.toString(), SECONDS, Long.toString(seed + 1_000), place);

        assertThat(first.awaitEnd())
                .as("first process, seed %s, %s", seed, first.lines())
                .isZero();
        assertThat(second.awaitEnd())
                .as("second process, seed %s, %s", seed, second.lines())
                .isZero();
    }
}
