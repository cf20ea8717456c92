package dev.cacheness.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cacheness.Cacheness;
import dev.cacheness.engine.LoadScope;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of a load whose process dies, or stands still for longer than its lease. */
class LoadingNodesIT {

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"sqlite", "postgresql"})
    void otherProcessWaitsForTheLoadAndGetsItsValue(String backend) throws Exception {
        String place = Durable.place(backend);
        try (Cacheness cache = open(place)) {
            ChildJvm child = start(place, 700, "of child");
            child.awaitReady();

            String value = cache.getOrCompute(Loader.KEY, key -> "of this process");

            assertThat(value).isEqualTo("of child");
            assertThat(child.awaitEnd()).isZero();
            assertThat(child.lines()).containsExactly("got of child");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"sqlite", "postgresql"})
    void killedProcessIsFollowedAfterItsLease(String backend) throws Exception {
        String place = Durable.place(backend);
        try (Cacheness cache = open(place)) {
            ChildJvm child = start(place, 600_000, "never");
            child.awaitReady();
            child.kill();
            long start = System.nanoTime();

            String value = cache.getOrCompute(Loader.KEY, key -> "of this process");

            assertThat(value).isEqualTo("of this process");
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Loader.LEASE.plusSeconds(2));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"sqlite", "postgresql"})
    void processThatStoodStillKeepsItsValueToItself(String backend) throws Exception {
        String place = Durable.place(backend);
        try (Cacheness cache = open(place)) {
            ChildJvm child = start(place, 300, "late");
            child.awaitReady();
            child.pause();

            String value = cache.getOrCompute(Loader.KEY, key -> "of this process");
            child.resume();

            assertThat(value).isEqualTo("of this process");
            assertThat(child.awaitEnd()).isZero();
            assertThat(child.lines()).contains("got late");
            assertThat(cache.get(Loader.KEY)).contains("of this process");
        }
    }

    private Cacheness open(String place) {
        return Durable.builder(directory, place)
                .loadScope(LoadScope.CLUSTER)
                .loadLease(Loader.LEASE)
                .build();
    }

    private ChildJvm start(String place, long millis, String value) throws Exception {
        return ChildJvm.start(Loader.class, directory.toString(), place, Long.toString(millis), value);
    }
}
