package dev.cacheness.boot.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.cacheness.Cacheness;
import dev.cacheness.engine.CachenessBuilder;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.cache.Cache;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.transaction.support.DefaultTransactionStatus;
import org.springframework.transaction.support.TransactionTemplate;
import org.sqlite.SQLiteDataSource;

/** Spring's caches in transactions, and loads that an eviction has outdated. */
class CacheTransactionTests {

    @TempDir
    Path directory;

    private Cacheness cacheness;

    private Cache plain;

    private Cache cache;

    private final SQLiteDataSource dataSource = new SQLiteDataSource();

    private TransactionTemplate transaction;

    @BeforeEach
    void open() {
        cacheness = CachenessBuilder.at(directory.resolve("cache")).build();
        CachenessCacheManager manager = new CachenessCacheManager(cacheness, Runnable::run);
        plain = manager.getCache("names");
        cache = new ReadYourWritesCache(plain);
        dataSource.setUrl("jdbc:sqlite:" + directory.resolve("names.db"));
        transaction = new TransactionTemplate(new JdbcTransactionManager(dataSource));
    }

    @AfterEach
    void close() {
        cacheness.close();
    }

    @Test
    void changesWaitForTheCommitAndAreSeenByTheTransaction() {
        cache.put(1, "old");
        cache.put(2, "old");

        transaction.executeWithoutResult(status -> {
            cache.put(1, "new");
            cache.evict(2);
            assertThat(cache.get(1, String.class)).isEqualTo("new");
            assertThat(cache.get(2)).isNull();
            assertThat(plain.get(1, String.class)).isEqualTo("old");
            assertThat(plain.get(2, String.class)).isEqualTo("old");
        });

        assertThat(cache.get(1, String.class)).isEqualTo("new");
        assertThat(cache.get(2)).isNull();
    }

    @Test
    void rollbackDropsTheChanges() {
        cache.put(1, "old");

        transaction.executeWithoutResult(status -> {
            cache.clear();
            assertThat(cache.get(1)).isNull();
            assertThat(cache.get(1, () -> "loaded")).isEqualTo("loaded");
            assertThat(cache.get(1, String.class)).isEqualTo("loaded");
            status.setRollbackOnly();
        });

        assertThat(cache.get(1, String.class)).isEqualTo("old");
    }

    @Test
    void whatWasChangedIsEvictedIfNobodyKnowsTheOutcome() {
        cache.put(1, "old");
        cache.put(2, "old");
        cache.put(3, "old");
        var outcomeIsLost = new TransactionTemplate(new DataSourceTransactionManager(dataSource) {

            @Override
            protected void doCommit(DefaultTransactionStatus status) {
                super.doCommit(status);
                throw new TransactionSystemException("The connection broke before the answer came");
            }
        });

        assertThatExceptionOfType(TransactionSystemException.class)
                .isThrownBy(() -> outcomeIsLost.executeWithoutResult(status -> {
                    cache.put(1, "new");
                    cache.evict(2);
                }));

        assertThat(cache.get(1)).isNull();
        assertThat(cache.get(2)).isNull();
        assertThat(cache.get(3, String.class)).isEqualTo("old");
    }

    @Test
    void evictionAtOnceIsMadeAgainAfterTheCommit() {
        cache.put(1, "old");

        transaction.executeWithoutResult(status -> {
            assertThat(cache.evictIfPresent(1)).isTrue();
            assertThat(plain.get(1)).isNull();
            plain.put(1, "loaded from the old rows by another one");
        });

        assertThat(cache.get(1)).isNull();
    }

    @Test
    void withoutATransactionChangesAreMadeAtOnce() {
        cache.put(1, "value");
        cache.evict(1);

        assertThat(plain.get(1)).isNull();
    }

    @Test
    void putAfterAMissIsLeftOutIfAnotherOneHasEvictedInBetween() throws Exception {
        Map<Integer, String> rows = new ConcurrentHashMap<>(Map.of(1, "old"));
        ExecutorService other = Executors.newSingleThreadExecutor();
        CountDownLatch hasRead = new CountDownLatch(1);
        CountDownLatch mayPut = new CountDownLatch(1);

        // As Spring does for @Cacheable without sync.
        Future<?> load = other.submit(() -> {
            assertThat(plain.get(1)).isNull();
            String read = rows.get(1);
            hasRead.countDown();
            assertThat(mayPut.await(30, TimeUnit.SECONDS)).isTrue();
            plain.put(1, read);
            return null;
        });
        assertThat(hasRead.await(30, TimeUnit.SECONDS)).isTrue();
        rows.put(1, "new");
        plain.evict(1);
        mayPut.countDown();
        load.get(30, TimeUnit.SECONDS);

        assertThat(plain.get(1)).isNull();
        other.shutdown();
    }

    @Test
    void threadThatEvictsMayPutAfterwards() {
        assertThat(plain.get(1)).isNull();
        plain.evict(1);
        plain.put(1, "new");

        assertThat(plain.get(1, String.class)).isEqualTo("new");
    }
}
