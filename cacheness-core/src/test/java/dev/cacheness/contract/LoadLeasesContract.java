package dev.cacheness.contract;

import static dev.cacheness.contract.EntryFixture.digest;
import static dev.cacheness.contract.EntryFixture.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cacheness.spi.LoadLeases;
import dev.cacheness.spi.MetadataBackend;
import dev.cacheness.spi.PutCondition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What leases of every index that has them promise, by two backends on one index. */
public abstract class LoadLeasesContract {

    private static final Duration LONG = Duration.ofMinutes(1);

    private static final Duration SHORT = Duration.ofMillis(60);

    private static final int THREADS = 4;

    private MetadataBackend one;

    private MetadataBackend other;

    /** Opens an index that holds nothing. */
    protected abstract MetadataBackend openEmpty();

    /** Opens the same index once more. */
    protected abstract MetadataBackend openAgain();

    @BeforeEach
    void openBackends() {
        one = openEmpty();
        other = openAgain();
    }

    @AfterEach
    void closeBackends() {
        one.close();
        other.close();
    }

    @Test
    void onlyOneHasTheLease() {
        assertThat(leases(one).claim(digest(1), LONG)).isPresent();

        assertThat(leases(one).claim(digest(1), LONG)).isEmpty();
        assertThat(leases(other).claim(digest(1), LONG)).isEmpty();
        assertThat(leases(other).claim(digest(2), LONG)).isPresent();
    }

    @Test
    void releasedLeaseIsFree() {
        String token = leases(one).claim(digest(1), LONG).orElseThrow();

        leases(one).release(digest(1), token);

        assertThat(leases(other).claim(digest(1), LONG)).isPresent();
    }

    @Test
    void leaseEndsByTime() {
        leases(one).claim(digest(1), SHORT).orElseThrow();

        await().untilAsserted(
                        () -> assertThat(leases(other).claim(digest(1), LONG)).isPresent());
    }

    @Test
    void renewedLeaseLasts() {
        String token = leases(one).claim(digest(1), SHORT).orElseThrow();

        assertThat(leases(one).renew(digest(1), token, LONG)).isTrue();

        assertThat(leases(other).awaitFree(digest(1), SHORT.multipliedBy(3))).isFalse();
        assertThat(leases(other).claim(digest(1), LONG)).isEmpty();
    }

    @Test
    void lostLeaseIsNotRenewedAndNotReleased() {
        String lost = leases(one).claim(digest(1), SHORT).orElseThrow();
        assertThat(leases(other).awaitFree(digest(1), LONG)).isTrue();
        String token = leases(other).claim(digest(1), LONG).orElseThrow();

        assertThat(leases(one).renew(digest(1), lost, LONG)).isFalse();
        leases(one).release(digest(1), lost);

        assertThat(leases(one).claim(digest(1), LONG)).isEmpty();
        assertThat(leases(other).renew(digest(1), token, LONG)).isTrue();
    }

    @Test
    void whatWasLoadedUnderALostLeaseIsNotStored() {
        leases(one).claim(digest(1), SHORT).orElseThrow();
        var unchanged = new PutCondition.IfNotInvalidated(one.invalidations(digest(1)));
        leases(other).awaitFree(digest(1), LONG);
        leases(other).claim(digest(1), LONG).orElseThrow();

        boolean stored = one.put(entry(1).build(), unchanged).stored();

        assertThat(stored).isFalse();
        var next = new PutCondition.IfNotInvalidated(other.invalidations(digest(1)));
        assertThat(other.put(entry(1).build(), next).stored()).isTrue();
    }

    @Test
    void leaseThatWasNotLostCountsAsNoInvalidation() {
        long before = one.invalidations(digest(1));

        String token = leases(one).claim(digest(1), LONG).orElseThrow();
        leases(one).renew(digest(1), token, LONG);
        leases(one).release(digest(1), token);
        leases(other).claim(digest(1), LONG);

        assertThat(other.invalidations(digest(1))).isEqualTo(before);
    }

    @Test
    void waitingEndsWithTheRelease() throws Exception {
        String token = leases(one).claim(digest(1), LONG).orElseThrow();
        ExecutorService executor = Executors.newSingleThreadExecutor();
        try {
            Future<Boolean> waiting = executor.submit(() -> leases(other).awaitFree(digest(1), Duration.ofSeconds(30)));
            assertThat(leases(one).awaitFree(digest(1), SHORT)).isFalse();
            assertThat(waiting).isNotDone();

            leases(one).release(digest(1), token);

            assertThat(waiting.get()).isTrue();
        } finally {
            executor.shutdownNow();
        }
    }

    @Test
    void interruptDoesNotEndTheWaiting() {
        leases(one).claim(digest(1), LONG).orElseThrow();
        Thread.currentThread().interrupt();

        boolean free = leases(one).awaitFree(digest(1), SHORT);

        assertThat(Thread.interrupted()).isTrue();
        assertThat(free).isFalse();
    }

    @Test
    void whoeverIsInItIsAlone() throws Exception {
        var inside = new AtomicInteger();
        var done = new AtomicInteger();
        ExecutorService executor = Executors.newFixedThreadPool(2 * THREADS);
        try {
            List<Callable<Integer>> work = new ArrayList<>();
            for (int thread = 0; thread < 2 * THREADS; thread++) {
                LoadLeases leases = leases(thread % 2 == 0 ? one : other);
                work.add(() -> workAlone(leases, inside, done));
            }
            for (Future<Integer> crowd : executor.invokeAll(work)) {
                assertThat(crowd.get()).isEqualTo(1);
            }
        } finally {
            executor.shutdownNow();
        }
        assertThat(done).hasValue(2 * THREADS * 10);
    }

    /** The most that were in it at once. */
    private static int workAlone(LoadLeases leases, AtomicInteger inside, AtomicInteger done) {
        int crowd = 0;
        for (int round = 0; round < 10; ) {
            Optional<String> token = leases.claim(digest(1), LONG);
            if (token.isPresent()) {
                crowd = Math.max(crowd, inside.incrementAndGet());
                done.incrementAndGet();
                inside.decrementAndGet();
                leases.release(digest(1), token.get());
                round++;
            } else {
                leases.awaitFree(digest(1), LONG);
            }
        }
        return crowd;
    }

    private static LoadLeases leases(MetadataBackend backend) {
        return backend.unwrap(LoadLeases.class).orElseThrow();
    }
}
