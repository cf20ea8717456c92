package dev.cacheness.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cacheness.MutableInstantSource;
import dev.cacheness.spi.EntryAccess;
import dev.cacheness.spi.MetadataBackend;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class AccessLogTests {

    private final MutableInstantSource clock = new MutableInstantSource(Instant.parse("2026-01-01T00:00:00Z"));

    private final List<List<EntryAccess>> written = new ArrayList<>();

    private final AccessLog log = new AccessLog(recordingBackend(), new FailureLog(clock));

    @Test
    void readsOfAnEntryAreAddedUpAndWrittenOnce() {
        log.record("a", clock.millis());
        clock.advance(Duration.ofSeconds(1));
        log.record("a", clock.millis());
        assertThat(written).isEmpty();

        log.flush();
        log.flush();

        assertThat(written).containsExactly(List.of(new EntryAccess("a", 2, clock.instant())));
    }

    @Test
    void floodOfReadsIsBoundedAndWrittenInSmallTransactions() {
        for (int i = 0; i < 3 * AccessLog.MAX_PENDING; i++) {
            log.record("digest" + i, clock.millis());
        }

        log.flush();

        assertThat(written.stream().mapToInt(List::size).sum()).isEqualTo(AccessLog.MAX_PENDING);
        assertThat(written).allSatisfy(batch -> assertThat(batch).hasSizeLessThanOrEqualTo(256));
    }

    @Test
    void noReadIsLostWhileOthersAreWrittenDown() throws Exception {
        int reads = 20_000;
        CompletableFuture<Void> reader = CompletableFuture.runAsync(() -> {
            for (int i = 0; i < reads; i++) {
                log.record("a", clock.millis());
            }
        });
        while (!reader.isDone()) {
            log.flush();
        }
        reader.get();
        log.flush();

        assertThat(written.stream()
                        .flatMap(List::stream)
                        .mapToLong(EntryAccess::hits)
                        .sum())
                .isEqualTo(reads);
    }

    @SuppressWarnings("unchecked")
    private MetadataBackend recordingBackend() {
        return (MetadataBackend) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {MetadataBackend.class}, (proxy, method, arguments) -> {
                    assertThat(method.getName()).isEqualTo("recordAccesses");
                    written.add(List.copyOf((Collection<EntryAccess>) arguments[0]));
                    return null;
                });
    }
}
