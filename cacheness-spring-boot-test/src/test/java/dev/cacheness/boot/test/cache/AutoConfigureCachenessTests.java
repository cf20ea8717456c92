package dev.cacheness.boot.test.cache;

import static dev.cacheness.boot.test.CachenessAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.cacheness.CacheKey;
import dev.cacheness.Cacheness;
import dev.cacheness.MissReason;
import dev.cacheness.PutOption;
import dev.cacheness.boot.annotation.Cached;
import dev.cacheness.boot.test.AutoConfigureCacheness;
import dev.cacheness.boot.test.CacheFaults;
import dev.cacheness.boot.test.TestClock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

class AutoConfigureCachenessTests {

    private static final CacheKey<String> KEY =
            CacheKey.in("names", Map.of("id", 1)).as(String.class);

    @Nested
    @SpringBootTest(classes = Application.class)
    @AutoConfigureCacheness
    class OnTheHeap {

        @Autowired
        private Cacheness cache;

        @Autowired
        private TestClock clock;

        @Value("${cacheness.storage.dir}")
        private Path directory;

        @AfterEach
        void clear() {
            cache.clear();
        }

        @Test
        void cacheIsOnTheHeapAndTimeIsTheTests() {
            cache.put(KEY, "ada", PutOption.ttl(Duration.ofMinutes(5)), PutOption.tags("people"));

            assertThat(cache)
                    .hasEntry(KEY)
                    .hasValue(KEY, "ada")
                    .hasTag(KEY, "people")
                    .expiresAfter(KEY, Duration.ofMinutes(5))
                    .hasEntries("names", 1);
            clock.advance(Duration.ofMinutes(5));
            assertThat(cache).hasNoEntry(KEY).misses(KEY, MissReason.EXPIRED).isEmpty();
            assertThat(cache.stats().metadataBackend()).isEqualTo("memory");
            assertThat(directory.getParent().getFileName().toString()).startsWith("cacheness-test");
        }

        @Test
        void failuresSayWhatIsThereInstead() {
            cache.put(KEY, "ada");

            assertThatExceptionOfType(AssertionError.class)
                    .isThrownBy(() -> assertThat(cache).hasValue(KEY, "bob"))
                    .withMessageContaining("Expected <bob> for <names{id=1}>, but there is <ada>");
            assertThatExceptionOfType(AssertionError.class)
                    .isThrownBy(() -> assertThat(cache).hasNoEntry(KEY));
            assertThatExceptionOfType(AssertionError.class)
                    .isThrownBy(() -> assertThat(cache).misses(KEY, MissReason.ABSENT));
            assertThatExceptionOfType(AssertionError.class)
                    .isThrownBy(() -> assertThat(cache).isEmpty());
            assertThatExceptionOfType(AssertionError.class)
                    .isThrownBy(() -> assertThat(cache).hasEntries("names", 2));
            assertThatExceptionOfType(AssertionError.class)
                    .isThrownBy(() -> assertThat(cache).expiresAfter(KEY, Duration.ofMinutes(1)))
                    .withMessageContaining("never");
        }
    }

    @Nested
    @SpringBootTest(classes = Application.class)
    @AutoConfigureCacheness(backend = "sqlite")
    class OnDisk {

        @Autowired
        private Cacheness cache;

        @Value("${cacheness.storage.dir}")
        private Path directory;

        @Test
        void cacheHasADirectoryOfItsOwn() {
            cache.put(KEY, "ada");

            assertThat(cache.stats().metadataBackend()).isEqualTo("sqlite");
            assertThat(Files.exists(directory.resolve("cacheness.db"))).isTrue();
        }
    }

    @Nested
    @SpringBootTest(classes = Application.class)
    @AutoConfigureCacheness(backend = CacheFaults.BACKEND)
    class Faulty {

        @Autowired
        private Cacheness cache;

        @Autowired
        private TestClock clock;

        @Autowired
        private CacheFaults faults;

        @Autowired
        private Names names;

        @Test
        void applicationWorksWithoutItsCache() {
            assertThat(names.name(1)).isEqualTo("name 1");

            faults.breakDown();
            assertThat(names.name(1)).isEqualTo("name 2");
            assertThat(cache).misses(KEY, MissReason.BACKEND_DOWN);
            assertThat(faults.refusals()).isPositive();
            faults.recover();
            clock.advance(Duration.ofSeconds(2));

            assertThat(names.name(1)).isEqualTo("name 1");
        }
    }

    static class Names {

        private final AtomicInteger calls = new AtomicInteger();

        @Cached
        public String name(int id) {
            return "name " + calls.incrementAndGet();
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {

        @Bean
        Names names() {
            return new Names();
        }
    }
}
