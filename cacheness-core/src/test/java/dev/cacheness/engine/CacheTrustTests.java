package dev.cacheness.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.example.trusted.Account;
import dev.cacheness.CacheConfigurationException;
import dev.cacheness.CacheKey;
import dev.cacheness.CacheSerializationException;
import dev.cacheness.Cacheness;
import dev.cacheness.Lookup;
import dev.cacheness.MissReason;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Caches that trust more packages than the others. */
class CacheTrustTests {

    private static final CacheKey<Object> ACCOUNT = CacheKey.in("accounts", Map.of("id", 1));

    private static final CacheKey<Object> OTHER = CacheKey.in("other", Map.of("id", 1));

    private static final Account VALUE = new Account("Ada", 100);

    @TempDir
    Path directory;

    @Test
    void classesOfThePackageAreStoredInThatCacheAndNoOther() {
        try (Cacheness cache = open("com.example.trusted")) {
            cache.put(ACCOUNT, VALUE);

            assertThat(cache.get(ACCOUNT)).contains(VALUE);
            assertThatExceptionOfType(CacheSerializationException.class)
                    .isThrownBy(() -> cache.put(OTHER, VALUE))
                    .withMessageContaining("trusted-packages");
        }
    }

    @Test
    void whatIsTrustedNoMoreIsRefusedOnReadingAlsoAfterItWasRead() {
        try (Cacheness cache = open("com.example.trusted")) {
            cache.put(ACCOUNT, VALUE);
            assertThat(cache.get(ACCOUNT)).isPresent();
        }
        try (Cacheness cache = open("com.example.elsewhere")) {
            Lookup<Object> answer = cache.lookup(ACCOUNT);

            assertThat(answer).isEqualTo(new Lookup.Miss<>(MissReason.REFUSED));
        }
    }

    /** The serializer remembers what it was once allowed, and must not do so for others. */
    @Test
    void cacheThatTrustsNothingRefusesWhatAnotherHasJustRead() {
        CacheKey<Object> written = CacheKey.in("written", Map.of("id", 1));
        try (Cacheness cache = CachenessBuilder.at(directory)
                .trustedPackages(List.of("com.example"))
                .build()) {
            cache.put(written, VALUE);
        }
        try (Cacheness cache = open("com.example.trusted")) {
            cache.put(ACCOUNT, VALUE);
            assertThat(cache.get(ACCOUNT)).isPresent();

            assertThat(cache.lookup(written)).isEqualTo(new Lookup.Miss<>(MissReason.REFUSED));
        }
    }

    @Test
    void whatTheWholeCacheTrustsIsTrustedThereToo() {
        try (Cacheness cache = CachenessBuilder.at(directory)
                .trustedPackages(List.of("com.example.trusted"))
                .policy(
                        "accounts",
                        CachePolicy.builder()
                                .trustedPackages(List.of("com.example.elsewhere"))
                                .build())
                .build()) {
            cache.put(ACCOUNT, VALUE);

            assertThat(cache.get(ACCOUNT)).contains(VALUE);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "com.example.*", "com..example", "com.example.", "1com"})
    void whatIsNoPackageIsRefusedAtTheStart(String name) {
        assertThatExceptionOfType(CacheConfigurationException.class)
                .isThrownBy(() -> open(name))
                .satisfies(ex -> assertThat(ex.property()).isEqualTo("cacheness.caches.accounts.trusted-packages"));
    }

    private Cacheness open(String trusted) {
        return CachenessBuilder.at(directory)
                .policy(
                        "accounts",
                        CachePolicy.builder().trustedPackages(List.of(trusted)).build())
                .build();
    }
}
