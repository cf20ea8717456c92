package dev.cacheness.storage;

import static dev.cacheness.PutOption.attribute;
import static dev.cacheness.PutOption.attributes;
import static dev.cacheness.PutOption.description;
import static dev.cacheness.PutOption.handler;
import static dev.cacheness.PutOption.noExpiry;
import static dev.cacheness.PutOption.tags;
import static dev.cacheness.PutOption.ttl;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import dev.cacheness.CacheClosedException;
import dev.cacheness.CacheStorageException;
import dev.cacheness.Comparison;
import dev.cacheness.MissReason;
import dev.cacheness.TypeRef;
import dev.cacheness.ValueSource;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every store of artifacts does, whatever it is made of. */
abstract class BlobStoreContract extends StoreTest {

    record Model(String name, double[] weights) {}

    record Row(String symbol, int volume) {}

    BlobStore store;

    @BeforeEach
    void openStore() {
        store = open(builder(directory.resolve("store")));
    }

    private List<String> keys(BlobQuery query) {
        return store.list(query).stream().map(BlobMetadata::key).toList();
    }

    @Test
    void valueThatWasPutIsFound() {
        BlobMetadata put = store.put("xgboost_v1", "weights", attribute("accuracy", 0.95));

        assertThat(store.get("xgboost_v1", String.class)).contains("weights");
        assertThat(store.exists("xgboost_v1")).isTrue();
        assertThat(store.metadata("xgboost_v1")).contains(put);
        assertThat(put.key()).isEqualTo("xgboost_v1");
        assertThat(put.version()).isEqualTo(1);
        assertThat(put.references()).isEqualTo(1);
        assertThat(put.createdAt()).isEqualTo(clock.instant());
    }

    @Test
    void keyWithoutValueIsEmpty() throws IOException {
        Path file = directory.resolve("out");

        assertThat(store.get("a", String.class)).isEmpty();
        assertThat(store.openStream("a")).isEmpty();
        assertThat(store.copyTo("a", file)).isFalse();
        assertThat(file).doesNotExist();
        assertThat(store.exists("a")).isFalse();
        assertThat(store.metadata("a")).isEmpty();
        assertThat(store.versions("a")).isEmpty();
        assertThat(store.delete("a")).isFalse();
        assertThat(store.updateMetadata("a", Map.of("x", 1))).isFalse();
        assertThat(store.get("a", 0, String.class)).isEmpty();
        assertThat(store.get("a", -1, String.class)).isEmpty();
    }

    @Test
    void valuesOfEveryKindComeBackEqual() {
        Model model = new Model("linear", new double[] {0.1, -2});
        store.put("object", model);
        store.put("array", new double[][] {{1, 2}, {3, 4}});
        store.put("text", "größer 漢字");
        store.put("list", new ArrayList<>(List.of(new Row("^GSPC", 7))));

        assertThat(store.get("object", Model.class).orElseThrow())
                .usingRecursiveComparison()
                .isEqualTo(model);
        assertThat(store.get("array", double[][].class).orElseThrow()).isDeepEqualTo(new double[][] {{1, 2}, {3, 4}});
        assertThat(store.get("text", String.class)).contains("größer 漢字");
        assertThat(store.get("list", new TypeRef<List<Row>>() {})).contains(List.of(new Row("^GSPC", 7)));
    }

    @Test
    void whatWasStoredAsBytesFileOrStreamIsReadAsEachOfThem() throws IOException {
        byte[] content = noise(2_500_000, 1);
        Path file = Files.write(directory.resolve("in"), content);
        store.put("bytes", content);
        store.put("file", file);
        store.put("stream", new ByteArrayInputStream(content));
        store.put("source", (ValueSource) () -> new ByteArrayInputStream(content));

        for (String key : List.of("bytes", "file", "stream", "source")) {
            assertThat(store.get(key, byte[].class).orElseThrow()).as(key).isEqualTo(content);
            assertThat(store.get(key, Path.class).orElseThrow()).as(key).hasBinaryContent(content);
            try (InputStream in = store.get(key, InputStream.class).orElseThrow();
                    InputStream source =
                            store.get(key, ValueSource.class).orElseThrow().openStream()) {
                assertThat(in.readAllBytes()).as(key).isEqualTo(content);
                assertThat(source.readAllBytes()).as(key).isEqualTo(content);
            }
        }
    }

    @Test
    void storedBytesAreGivenAsStreamAndAsFile() throws IOException {
        Path file = Files.writeString(directory.resolve("out"), "old");
        store.put("text", "abc");

        try (InputStream in = store.openStream("text").orElseThrow()) {
            assertThat(in.readAllBytes()).asString().isEqualTo("abc");
        }
        assertThat(store.copyTo("text", file)).isTrue();
        assertThat(file).hasContent("abc");
    }

    @Test
    void streamIsReadToItsEndThoughTheKeyIsDeletedMeanwhile() throws IOException {
        byte[] content = noise(3_000_000, 2);
        store.put("a", content);

        try (InputStream in = store.openStream("a").orElseThrow()) {
            assertThat(store.delete("a")).isTrue();

            assertThat(in.readAllBytes()).isEqualTo(content);
        }
    }

    @Test
    void fileThatCannotBeWrittenIsTold() {
        store.put("text", "abc");

        assertThatExceptionOfType(CacheStorageException.class)
                .isThrownBy(() -> store.copyTo("text", directory.resolve("none/out")))
                .withMessageContaining("out");
        assertThatExceptionOfType(CacheStorageException.class)
                .isThrownBy(() -> store.copyTo("text", directory))
                .withMessageContaining("directory");
    }

    @Test
    void putReplacesWhatWasThere() throws IOException {
        store.put("a", noise(100_000, 1), attribute("stage", "test"), tags("old"));
        store.put("a", noise(100_000, 2));

        assertThat(store.get("a", byte[].class).orElseThrow()).isEqualTo(noise(100_000, 2));
        assertThat(store.metadata("a").orElseThrow().attributes()).isEmpty();
        assertThat(store.versions("a")).hasSize(1);
        assertThat(store.stats().blobs()).isEqualTo(1);
    }

    @Test
    void keyIsMadeIfNoneIsGiven() {
        BlobMetadata one = store.add("same");
        BlobMetadata other = store.add("same");

        assertThat(one.key()).matches("[0-9a-f]{32}").isNotEqualTo(other.key());
        assertThat(store.get(one.key(), String.class)).contains("same");
    }

    @Test
    void keysAreNoPaths() {
        List<String> keys =
                List.of("a/../b", "b", "../b", "/b", "a/b", "ab", "model_v1.0", "model_v1.1", "größe 漢\uD83D\uDE80");
        keys.forEach(key -> store.put(key, "value of " + key));

        keys.forEach(key -> assertThat(store.get(key, String.class)).contains("value of " + key));
        assertThat(store.list(BlobQuery.all())).hasSize(keys.size());
        assertThat(keys(BlobQuery.all().withPrefix("a/"))).containsExactlyInAnyOrder("a/../b", "a/b");
    }

    @Test
    void whatCannotBeAKeyIsRefused() {
        for (String key : List.of("", "a\0b", "a\nb", "a".repeat(1025), "x".repeat(10_000), "\uD800")) {
            assertThatIllegalArgumentException().isThrownBy(() -> store.put(key, "value"));
            assertThatIllegalArgumentException().isThrownBy(() -> store.get(key, String.class));
            assertThatIllegalArgumentException().isThrownBy(() -> store.delete(key));
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> store.put("x".repeat(10_000), "value"))
                .withMessageContaining("10000")
                .withMessageContaining("1024");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BlobQuery.all().withPrefix("a\0"))
                .withMessageContaining("U+0000");
        assertThatIllegalArgumentException().isThrownBy(() -> BlobQuery.all().withPrefix("x".repeat(10_000)));
        store.put("k".repeat(1024), "longest");
        assertThat(store.get("k".repeat(1024), String.class)).contains("longest");
        assertThat(store.list(BlobQuery.all())).hasSize(1);
    }

    @Test
    @SuppressWarnings("NullAway")
    void nullIsRefused() {
        assertThatNullPointerException().isThrownBy(() -> store.put("a", null));
        assertThatNullPointerException().isThrownBy(() -> store.put(null, "a"));
        assertThatNullPointerException().isThrownBy(() -> store.add(null));
        assertThatNullPointerException().isThrownBy(() -> store.get("a", (Class<?>) null));
        assertThatNullPointerException().isThrownBy(() -> store.list(null));
    }

    @Test
    void optionsThatMakeNoSenseAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> store.put("a", "value", ttl(Duration.ofHours(1))))
                .withMessageContaining("expiry");
        assertThatIllegalArgumentException().isThrownBy(() -> store.put("a", "value", noExpiry()));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> store.put("a", "value", attribute("cacheness.key", "b")))
                .withMessageContaining("cacheness.key");
        assertThatIllegalArgumentException().isThrownBy(() -> store.updateMetadata("a", Map.of("cacheness.key", "b")));
        assertThat(store.exists("a")).isFalse();
    }

    @Test
    void handlerCanBeChosen() {
        BlobMetadata put = store.put("a", new HashMap<>(Map.of("x", 1)), handler("json"));

        assertThat(put.handler()).isEqualTo("json");
        assertThat(store.get("a", Map.class)).contains(Map.of("x", 1));
    }

    @Test
    void metadataIsWhatWasGiven() {
        store.put(
                "a",
                "text",
                description("the best"),
                attributes(Map.of("accuracy", 0.95, "epochs", 7, "final", true)),
                tags("nightly", "best"));

        BlobMetadata metadata = store.metadata("a").orElseThrow();

        assertThat(metadata.description()).isEqualTo("the best");
        assertThat(metadata.attributes())
                .containsOnly(Map.entry("accuracy", 0.95), Map.entry("epochs", 7L), Map.entry("final", true));
        assertThat(metadata.tags()).containsExactly("best", "nightly");
        assertThat(metadata.valueType()).isEqualTo("java.lang.String");
        assertThat(metadata.rawSizeBytes()).isEqualTo(4);
    }

    @Test
    void attributesAreChangedOneByOne() {
        store.put("a", "text", attribute("stage", "test"), attribute("accuracy", 0.95));
        Map<String, Object> changes = new HashMap<>(Map.of("stage", "production", "owner", "ada"));
        changes.put("accuracy", null);

        assertThat(store.updateMetadata("a", changes)).isTrue();

        assertThat(store.metadata("a").orElseThrow().attributes())
                .containsOnly(Map.entry("stage", "production"), Map.entry("owner", "ada"));
        assertThat(store.get("a", String.class)).contains("text");
    }

    @Test
    void prefixAndAttributesAndTagsSelect() {
        for (int i = 0; i < 5; i++) {
            store.put(
                    "model_" + i,
                    "m",
                    attribute("rSquared", i / 10.0),
                    attribute("stage", i % 2 == 0 ? "test" : "production"),
                    tags("t" + i % 2));
            clock.advance(Duration.ofSeconds(1));
        }
        store.put("modem", "x", attribute("rSquared", 0.9));

        assertThat(keys(BlobQuery.all().withPrefix("model_")))
                .containsExactly("model_4", "model_3", "model_2", "model_1", "model_0");
        assertThat(keys(BlobQuery.all().withPrefix("mode"))).hasSize(6);
        assertThat(keys(BlobQuery.all().withPrefix("Model"))).isEmpty();
        assertThat(keys(BlobQuery.all().withAttribute("rSquared", Comparison.AT_LEAST, 0.3)))
                .containsExactly("modem", "model_4", "model_3");
        assertThat(keys(BlobQuery.all()
                        .withPrefix("model_")
                        .withAttribute("stage", "test")
                        .withAttribute("rSquared", Comparison.LESS, 0.4)))
                .containsExactly("model_2", "model_0");
        assertThat(keys(BlobQuery.all().withTag("t1"))).containsExactly("model_3", "model_1");
        assertThat(keys(BlobQuery.all().withAttribute("stage"))).hasSize(5);
    }

    @Test
    void signsOfPatternsInPrefixesMeanNothing() {
        for (String key : List.of("a%b", "a_b", "a*b", "axb", "a\\b", "a'b", "\uFFFFz", "\uDBFF\uDFFFz")) {
            store.put(key, key);
        }

        assertThat(keys(BlobQuery.all().withPrefix("a%"))).containsExactly("a%b");
        assertThat(keys(BlobQuery.all().withPrefix("a_"))).containsExactly("a_b");
        assertThat(keys(BlobQuery.all().withPrefix("a'"))).containsExactly("a'b");
        assertThat(keys(BlobQuery.all().withPrefix("\uFFFF"))).containsExactly("\uFFFFz");
        assertThat(keys(BlobQuery.all().withPrefix("\uDBFF\uDFFF"))).containsExactly("\uDBFF\uDFFFz");
    }

    @Test
    void pagesFollowEachOther() {
        for (int i = 0; i < 25; i++) {
            store.put("k" + i, i);
            clock.advance(Duration.ofSeconds(1));
        }

        List<String> all = new ArrayList<>();
        for (int offset = 0; offset < 30; offset += 10) {
            all.addAll(keys(BlobQuery.all().page(offset, 10)));
        }

        assertThat(all).hasSize(25).doesNotHaveDuplicates().startsWith("k24").endsWith("k0");
    }

    @Test
    void deletedIsGoneWithItsBytes() throws IOException {
        store.put("a", noise(100_000, 1));
        store.put("b", "b");

        assertThat(store.delete("a")).isTrue();

        assertThat(store.get("a", byte[].class)).isEmpty();
        assertThat(store.delete("a")).isFalse();
        assertThat(keys(BlobQuery.all())).containsExactly("b");
        assertThat(store.verify().orphans()).isZero();
    }

    @Test
    void clearDeletesEverything() {
        store.put("a", noise(100_000, 1));
        store.put("b", "b");

        assertThat(store.clear()).isEqualTo(2);

        assertThat(store.list(BlobQuery.all())).isEmpty();
        assertThat(store.stats().sizeBytes()).isZero();
        assertThat(store.verify().orphans()).isZero();
    }

    @Test
    void nothingIsEvictedAndNothingExpires() {
        for (int i = 0; i < 50; i++) {
            store.put("k" + i, noise(100_000, i));
        }
        clock.advance(Duration.ofDays(100_000));

        assertThat(store.list(BlobQuery.all())).hasSize(50);
        assertThat(store.get("k0", byte[].class).orElseThrow()).isEqualTo(noise(100_000, 0));
    }

    @Test
    void valueOfAnotherTypeIsTold() {
        store.put("a", "text");

        assertThatExceptionOfType(UnreadableBlobException.class)
                .isThrownBy(() -> store.get("a", Model.class))
                .withMessageContaining("'a'")
                .satisfies(ex -> {
                    assertThat(ex.reason()).isEqualTo(MissReason.TYPE_CHANGED);
                    assertThat(ex.key()).isEqualTo("a");
                    assertThat(ex.version()).isEqualTo(1);
                });
        assertThat(store.get("a", String.class)).contains("text");
    }

    @Test
    void streamThatFailsInTheMiddleLeavesTheOldValueAndNoBytes() {
        store.put("a", "old");
        InputStream failing = new InputStream() {

            private int left = 2_500_000;

            @Override
            public int read() throws IOException {
                if (left-- <= 0) {
                    throw new IOException("the line is broken");
                }
                return left & 0xff;
            }
        };

        assertThatExceptionOfType(CacheStorageException.class)
                .isThrownBy(() -> store.put("a", failing))
                .withMessageContaining("the line is broken");

        assertThat(store.get("a", String.class)).contains("old");
        assertThat(store.stats().blobs()).isEqualTo(1);
        assertThat(store.verify().orphans()).isZero();
    }

    @Test
    void closedStoreSaysSo() {
        store.close();
        store.close();

        assertThatExceptionOfType(CacheClosedException.class).isThrownBy(() -> store.put("a", "b"));
        assertThatExceptionOfType(CacheClosedException.class).isThrownBy(() -> store.get("a", String.class));
        assertThatExceptionOfType(CacheClosedException.class).isThrownBy(() -> store.list(BlobQuery.all()));
    }
}
