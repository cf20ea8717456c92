package dev.cacheness.contract;

import static dev.cacheness.contract.EntryFixture.digest;
import static dev.cacheness.contract.EntryFixture.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.cacheness.CacheMetadataException;
import dev.cacheness.spi.BlobIntents;
import dev.cacheness.spi.MetadataBackend;
import dev.cacheness.spi.PutCondition;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What intents of every index that keeps them promise. */
public abstract class BlobIntentsContract {

    private static final Duration LONG = Duration.ofMinutes(1);

    private static final Duration SHORT = Duration.ofMillis(30);

    private MetadataBackend backend;

    private BlobIntents intents;

    /** Opens an index that holds nothing and requires no intents yet. */
    protected abstract MetadataBackend openEmpty();

    @BeforeEach
    void openBackend() {
        backend = openEmpty();
        intents = backend.unwrap(BlobIntents.class).orElseThrow();
        intents.require();
    }

    @AfterEach
    void closeBackend() {
        backend.close();
    }

    @Test
    void rowWithAnIntentIsStored() {
        intents.register("blob-1", LONG);

        put(1, "blob-1");

        assertThat(backend.find(digest(1))).isPresent();
        assertThat(doom(10)).isEmpty();
    }

    @Test
    void rowWithoutAnIntentIsRefusedAndTheFormerOneStays() {
        intents.register("blob-1", LONG);
        put(1, "blob-1");

        assertThatExceptionOfType(CacheMetadataException.class)
                .isThrownBy(() -> put(1, "blob-2"))
                .withMessageContaining("intent");

        assertThat(backend.find(digest(1)).orElseThrow().content().blobId()).isEqualTo("blob-1");
    }

    @Test
    void intentServesOneRowOnly() {
        intents.register("blob-1", LONG);
        put(1, "blob-1");

        assertThatExceptionOfType(CacheMetadataException.class).isThrownBy(() -> put(2, "blob-1"));
    }

    @Test
    void rowWithoutABlobNeedsNoIntent() {
        backend.put(entry(1).build(), PutCondition.ALWAYS);

        assertThat(backend.find(digest(1))).isPresent();
    }

    @Test
    void endedIntentIsDoomedAndItsRowRefused() {
        intents.register("blob-1", SHORT);

        await().untilAsserted(() -> assertThat(doom(10)).containsExactly("blob-1"));

        assertThatExceptionOfType(CacheMetadataException.class).isThrownBy(() -> put(1, "blob-1"));
        intents.renew(List.of("blob-1"), LONG);
        assertThatExceptionOfType(CacheMetadataException.class).isThrownBy(() -> put(1, "blob-1"));
        intents.forget(List.of("blob-1"));
        assertThatExceptionOfType(CacheMetadataException.class).isThrownBy(() -> put(1, "blob-1"));
        assertThat(backend.find(digest(1))).isEmpty();
    }

    @Test
    void renewedIntentLasts() {
        intents.register("blob-1", Duration.ofMillis(200));
        intents.register("blob-2", SHORT);

        intents.renew(List.of("blob-1"), LONG);

        await().untilAsserted(() -> assertThat(doom(10)).containsExactly("blob-2"));
        await().during(Duration.ofMillis(300))
                .untilAsserted(() -> assertThat(doom(10)).isEmpty());
        put(1, "blob-1");
    }

    @Test
    void doomedBlobIsToldToOneOnlyForAWhile() {
        intents.register("blob-1", SHORT);
        await().untilAsserted(() -> assertThat(doom(10)).containsExactly("blob-1"));

        assertThat(doom(10)).isEmpty();
    }

    @Test
    void lookingForWhatHasEndedChangesNothing() {
        intents.register("blob-1", Duration.ofMillis(500));
        intents.register("blob-2", SHORT);
        await().untilAsserted(() -> assertThat(intents.ended(10)).containsExactly("blob-2"));

        assertThat(intents.ended(10)).contains("blob-2");
        assertThat(intents.doom(List.of("blob-1", "blob-2", "blob-3"))).containsExactly("blob-2");
        assertThat(intents.ended(10)).doesNotContain("blob-2");
    }

    @Test
    void noMoreAreDoomedThanAskedFor() {
        for (int number = 0; number < 5; number++) {
            intents.register("blob-" + number, SHORT);
        }

        await().during(SHORT.multipliedBy(2)).until(() -> true);

        assertThat(doom(3)).hasSize(3);
        assertThat(doom(3)).hasSize(2);
    }

    @Test
    void replacedAndRemovedBlobsAreAccountedFor() {
        intents.register("blob-1", LONG);
        intents.register("blob-2", LONG);
        intents.register("blob-3", LONG);
        put(1, "blob-1");
        put(1, "blob-2");
        put(3, "blob-3");

        backend.invalidate(List.of(digest(3)));

        assertThat(accountOfDoomed()).containsExactly("blob-1", "blob-3");
        intents.forget(List.of("blob-1"));
        assertThat(accountOfDoomed()).containsExactly("blob-3");
    }

    /** The blobs that are doomed, whether or not somebody is busy with them, in order of their names. */
    protected abstract List<String> accountOfDoomed();

    private List<String> doom(int limit) {
        return intents.doom(intents.ended(limit));
    }

    private void put(long number, String blobId) {
        backend.put(entry(number).inBlob(blobId).build(), PutCondition.ALWAYS);
    }
}
