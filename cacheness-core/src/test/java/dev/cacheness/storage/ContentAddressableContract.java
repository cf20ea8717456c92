package dev.cacheness.storage;

import static dev.cacheness.PutOption.attribute;
import static dev.cacheness.PutOption.customMetadata;
import static dev.cacheness.PutOption.tags;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.cacheness.CacheConfigurationException;
import dev.cacheness.CustomMetadata;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every store does whose keys are hashes of contents. */
abstract class ContentAddressableContract extends StoreTest {

    @CustomMetadata("run")
    record Run(String author) {}

    BlobStore store;

    @BeforeEach
    void openStore() {
        store = open(builder(directory.resolve("store")).contentAddressable(true));
    }

    @Test
    void keyIsTheHashOfTheContent() throws Exception {
        byte[] content = noise(1_500_000, 1);
        String hash =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        Path file = Files.write(directory.resolve("in"), content);

        assertThat(store.add(content).key()).isEqualTo(hash);
        assertThat(store.add(file).key()).isEqualTo(hash);
        assertThat(store.add(new ByteArrayInputStream(content)).key()).isEqualTo(hash);

        assertThat(store.metadata(hash).orElseThrow().references()).isEqualTo(3);
        assertThat(store.get(hash, byte[].class).orElseThrow()).isEqualTo(content);
        assertThat(store.get(hash, Path.class).orElseThrow()).hasBinaryContent(content);
    }

    @Test
    void kindsOfValuesAreNotMixedUp() {
        String bytes = store.add("abc".getBytes(java.nio.charset.StandardCharsets.US_ASCII))
                .key();
        String text = store.add("abc").key();

        assertThat(text).isEqualTo(bytes + "-text");
        assertThat(store.get(text, String.class)).contains("abc");
        assertThat(store.get(bytes, byte[].class)).isPresent();
        assertThat(store.metadata(text).orElseThrow().references()).isEqualTo(1);
    }

    @Test
    void contentIsThereUntilItsLastReferenceIsDeleted() {
        String key = store.add(noise(100_000, 1)).key();
        store.add(noise(100_000, 1));
        store.add(noise(100_000, 1));

        assertThat(store.stats().blobs()).isEqualTo(1);
        assertThat(store.delete(key)).isTrue();
        assertThat(store.delete(key)).isTrue();
        assertThat(store.get(key, byte[].class)).isPresent();
        assertThat(store.delete(key)).isTrue();
        assertThat(store.get(key, byte[].class)).isEmpty();
        assertThat(store.delete(key)).isFalse();
        assertThat(store.verify().orphans()).isZero();
    }

    @Test
    void attributesAndTagsAddUp() {
        String key = store.add("abc", attribute("a", 1), tags("x")).key();
        store.add("abc", attribute("b", 2), tags("y"));
        store.updateMetadata(key, Map.of("c", 3));

        BlobMetadata metadata = store.metadata(key).orElseThrow();

        assertThat(metadata.attributes()).isEqualTo(Map.of("a", 1L, "b", 2L, "c", 3L));
        assertThat(metadata.tags()).containsExactly("x", "y");
        assertThat(metadata.references()).isEqualTo(2);
    }

    @Test
    void whatMakesNoSenseIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> store.put("a", "value"))
                .withMessageContaining("add(value)");
        assertThatIllegalArgumentException().isThrownBy(() -> store.add("value", customMetadata(new Run("ada"))));
        assertThatExceptionOfType(CacheConfigurationException.class)
                .isThrownBy(() -> open(builder(directory.resolve("other"))
                        .contentAddressable(true)
                        .versions(true)))
                .withMessageContaining("cacheness.blob-store.versions");
    }

    @Test
    void concurrentAddsAndDeletesCountRightAndLoseNothing() {
        int contents = 3;
        AtomicInteger[] balance = {new AtomicInteger(), new AtomicInteger(), new AtomicInteger()};
        String[] keys = new String[contents];
        for (int i = 0; i < contents; i++) {
            keys[i] = store.add(noise(100_000, i)).key();
            store.delete(keys[i]);
        }
        long seed = System.nanoTime();

        Concurrently.run(4, thread -> {
            var random = new Random(seed + thread);
            for (int step = 0; step < 40; step++) {
                int content = random.nextInt(contents);
                if (random.nextBoolean()) {
                    store.add(noise(100_000, content));
                    balance[content].incrementAndGet();
                } else if (store.delete(keys[content])) {
                    balance[content].decrementAndGet();
                }
                Optional<byte[]> read = store.get(keys[content], byte[].class);
                read.ifPresent(value -> assertThat(value)
                        .as("content %s, seed %s", content, seed)
                        .isEqualTo(noise(100_000, content)));
            }
        });

        long blobs = 0;
        for (int i = 0; i < contents; i++) {
            long references =
                    store.metadata(keys[i]).map(BlobMetadata::references).orElse(0L);
            assertThat(references).as("references of %s, seed %s", i, seed).isEqualTo(balance[i].get());
            blobs += references > 0 ? 1 : 0;
        }
        assertThat(store.verify().isSound()).as("seed %s", seed).isTrue();
        assertThat(store.verify().orphans()).as("seed %s", seed).isZero();
        assertThat(store.stats().blobs()).as("seed %s", seed).isEqualTo(blobs);
    }
}
