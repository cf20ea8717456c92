package dev.cacheness.storage;

import static dev.cacheness.PutOption.attribute;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every store does that keeps versions. */
abstract class VersionsContract extends StoreTest {

    BlobStore store;

    @BeforeEach
    void openStore() {
        store = open(builder(directory.resolve("store")).versions(true));
    }

    private List<Integer> numbers(String key) {
        return store.versions(key).stream().map(BlobMetadata::version).toList();
    }

    @Test
    void putKeepsWhatWasThere() throws IOException {
        store.put("a", "first", attribute("n", 1));
        clock.advance(Duration.ofSeconds(-10));
        BlobMetadata second = store.put("a", "second", attribute("n", 2));

        assertThat(second.version()).isEqualTo(2);
        assertThat(store.get("a", String.class)).contains("second");
        assertThat(store.get("a", 1, String.class)).contains("first");
        assertThat(store.get("a", 2, String.class)).contains("second");
        assertThat(store.get("a", 3, String.class)).isEmpty();
        assertThat(numbers("a")).containsExactly(2, 1);
        assertThat(store.metadata("a", 1).orElseThrow().attributes()).isEqualTo(Map.of("n", 1L));
        assertThat(store.metadata("a")).contains(second);
        try (InputStream in = store.openStream("a", 1).orElseThrow()) {
            assertThat(in.readAllBytes()).asString().isEqualTo("first");
        }
    }

    @Test
    void onlyLatestVersionsAreListed() {
        store.put("a", "1", attribute("stage", "production"));
        store.put("a", "2", attribute("stage", "test"));
        store.put("b", "1", attribute("stage", "test"));

        assertThat(store.list(BlobQuery.all())).extracting(BlobMetadata::key).containsExactlyInAnyOrder("a", "b");
        assertThat(store.list(BlobQuery.all().withAttribute("stage", "production")))
                .isEmpty();
        assertThat(store.list(BlobQuery.all().withAttribute("stage", "test")))
                .extracting(BlobMetadata::key, BlobMetadata::version)
                .containsExactlyInAnyOrder(tuple("a", 2), tuple("b", 1));
    }

    @Test
    void attributesChangeInTheLatestVersionOnly() {
        store.put("a", "1", attribute("stage", "test"));
        store.put("a", "2", attribute("stage", "test"));

        store.updateMetadata("a", Map.of("stage", "production"));

        assertThat(store.metadata("a", 1).orElseThrow().attributes()).containsEntry("stage", "test");
        assertThat(store.metadata("a", 2).orElseThrow().attributes()).containsEntry("stage", "production");
    }

    @Test
    void oldVersionsAreDeletedOnRequest() {
        for (int i = 1; i <= 12; i++) {
            store.put("a", noise(100_000, i));
            store.put("b", "b" + i);
        }
        store.put("c", "c");

        assertThat(store.retain("a", 3)).isEqualTo(9);

        assertThat(numbers("a")).containsExactly(12, 11, 10);
        assertThat(store.get("a", byte[].class).orElseThrow()).isEqualTo(noise(100_000, 12));
        assertThat(store.get("a", 9, byte[].class)).isEmpty();
        assertThat(store.retain(2)).isEqualTo(1 + 10);
        assertThat(numbers("a")).containsExactly(12, 11);
        assertThat(numbers("b")).containsExactly(12, 11);
        assertThat(numbers("c")).containsExactly(1);
        assertThat(store.put("a", "next").version()).isEqualTo(13);
        assertThat(store.verify().orphans()).isZero();
        assertThatIllegalArgumentException().isThrownBy(() -> store.retain("a", 0));
    }

    @Test
    void deleteTakesAllVersions() {
        store.put("a", noise(100_000, 1));
        store.put("a", noise(100_000, 2));

        assertThat(store.delete("a")).isTrue();

        assertThat(store.exists("a")).isFalse();
        assertThat(store.versions("a")).isEmpty();
        assertThat(store.verify().entries()).isZero();
        assertThat(store.put("a", "anew").version()).isEqualTo(1);
    }

    @Test
    void numberOfVersionsCanBeBounded() {
        BlobStore bounded =
                open(builder(directory.resolve("bounded")).versions(true).keepVersions(2));
        for (int i = 1; i <= 5; i++) {
            bounded.put("a", "v" + i);
        }

        assertThat(bounded.versions("a")).extracting(BlobMetadata::version).containsExactly(5, 4);
        assertThat(bounded.get("a", 4, String.class)).contains("v4");
    }

    @Test
    void concurrentPutsGetANumberEach() {
        int threads = 4;
        int puts = 10;

        Concurrently.run(threads, thread -> {
            for (int i = 0; i < puts; i++) {
                BlobMetadata put = store.put("a", "value " + thread + " " + i);
                assertThat(store.get("a", put.version(), String.class)).contains("value " + thread + " " + i);
            }
        });

        assertThat(numbers("a"))
                .containsExactlyElementsOf(IntStream.rangeClosed(1, threads * puts)
                        .map(i -> threads * puts + 1 - i)
                        .boxed()
                        .toList());
    }

    @Test
    void readersSeeNumbersThatOnlyGrowAndListsWithoutGaps() {
        store.put("a", "0");

        Concurrently.run(3, thread -> {
            int last = 0;
            for (int i = 0; i < 30; i++) {
                if (thread == 0) {
                    store.put("a", "value");
                } else {
                    int latest = store.metadata("a").orElseThrow().version();
                    assertThat(latest).isGreaterThanOrEqualTo(last);
                    assertThat(store.list(BlobQuery.all())).hasSizeLessThanOrEqualTo(1);
                    last = latest;
                }
            }
        });
    }
}
