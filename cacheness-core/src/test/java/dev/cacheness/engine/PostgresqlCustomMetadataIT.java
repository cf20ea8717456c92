package dev.cacheness.engine;

import static dev.cacheness.PutOption.customMetadata;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.cacheness.CacheMetadataException;
import dev.cacheness.Cacheness;
import dev.cacheness.CustomMetadata;
import dev.cacheness.Indexed;
import dev.cacheness.contract.PostgresqlServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class PostgresqlCustomMetadataIT extends SharedCustomMetadataContract {

    private static final String SCHEMA = "custom";

    private static final int WRITERS = 4;

    @CustomMetadata("a_table_with_a_name_of_forty_one_letters")
    record LongNames(
            @Indexed int aComponentWithANameOfFortyOneLettersHereX,
            @Indexed int aComponentWithANameOfFortyOneLettersHereY) {}

    @CustomMetadata("capitals")
    record Capitals(int aBCDEFGHIJKLMNOPQRSTUVWXYZABCDEFGHIJKLMNO) {}

    private boolean used;

    @Override
    CachenessBuilder builder(Path directory) {
        if (!used) {
            PostgresqlServer.execute("drop schema if exists " + SCHEMA + " cascade");
            used = true;
        }
        return CachenessBuilder.at(directory)
                .metadataBackend("postgresql")
                .metadataOptions(
                        Map.of("url", PostgresqlServer.url(), "username", PostgresqlServer.USER, "schema", SCHEMA));
    }

    @Test
    void oneOfSeveralWritersGetsAUniqueValue() throws Exception {
        List<Cacheness> writers = new ArrayList<>(List.of(cache));
        while (writers.size() < WRITERS) {
            writers.add(open(builder(directory.resolve("cache"))));
        }
        var start = new CyclicBarrier(WRITERS);
        for (int round = 0; round < 5; round++) {
            String id = "e" + round;
            List<Callable<Boolean>> puts = new ArrayList<>();
            for (int i = 0; i < WRITERS; i++) {
                int number = 10 * round + i;
                Cacheness writer = writers.get(i);
                puts.add(() -> {
                    start.await();
                    return stored(writer, number, id);
                });
            }

            assertThat(all(puts)).as(id).containsOnlyOnce(true);

            assertThat(cache.query(Experiment.class).equalTo("experimentId", id).list())
                    .singleElement()
                    .satisfies(match -> assertThat(cache.exists(match.key())).isTrue());
        }
    }

    private static boolean stored(Cacheness writer, int number, String id) {
        try {
            writer.put(key(number), "value", customMetadata(new Experiment("m", id, 1)));
            return true;
        } catch (CacheMetadataException e) {
            assertThat(e).hasMessageContaining("is unique, but the entry");
            return false;
        }
    }

    @Test
    void tableIsMadeOnceByWhoeverComesFirst() throws Exception {
        List<Callable<Boolean>> puts = new ArrayList<>();
        var start = new CyclicBarrier(WRITERS);
        for (int i = 0; i < WRITERS; i++) {
            Cacheness writer = open(builder(directory.resolve("cache")));
            int number = i;
            puts.add(() -> {
                start.await();
                writer.put(key(number), "value", customMetadata(new Run(number)));
                return true;
            });
        }

        assertThat(all(puts)).hasSize(WRITERS).containsOnly(true);
        assertThat(numbers(cache.query(Run.class))).containsExactly(0, 1, 2, 3);
    }

    @Test
    void whoFindsTheTablesNeedsNoRightToMakeThem() {
        put(1, new Experiment("m", "e", 1));
        PostgresqlServer.execute(
                "drop role if exists reader",
                "create role reader login",
                "grant usage on schema custom to reader",
                "grant select, insert, update, delete on all tables in schema custom to reader");
        try (Cacheness other = open(builder(directory.resolve("cache"))
                .metadataOptions(Map.of("url", PostgresqlServer.url(), "username", "reader", "schema", SCHEMA)))) {
            other.put(key(2), "value", customMetadata(new Experiment("m", "f", 2)));

            assertThat(records(other.query(Experiment.class))).hasSize(2);
            assertThatExceptionOfType(CacheMetadataException.class)
                    .isThrownBy(() -> other.put(key(3), "value", customMetadata(new Run(1))))
                    .withMessageContaining("Give the role the right");
        } finally {
            PostgresqlServer.execute("drop owned by reader", "drop role reader");
        }
    }

    @Test
    void namesThatPostgresqlWouldCutAreToldApart() {
        put(1, new LongNames(1, 2));

        assertThat(cache.query(LongNames.class)
                        .equalTo("aComponentWithANameOfFortyOneLettersHereY", 2)
                        .count())
                .isEqualTo(1);
        assertThat(PostgresqlServer.query("select count(*) from pg_indexes where schemaname = 'custom' and"
                        + " tablename = 'cacheness_meta_a_table_with_a_name_of_forty_one_letters'"))
                .isEqualTo("3");
        assertThatExceptionOfType(CacheMetadataException.class)
                .isThrownBy(() -> put(2, new Capitals(1)))
                .withMessageContaining("63 characters");
    }

    @Test
    void textThatNoIndexTakesIsRefusedAndNothingIsStored() {
        var random = new Random(1);
        var text = new StringBuilder();
        random.ints(20_000, '0', 'z').forEach(c -> text.append((char) c));

        assertThatExceptionOfType(CacheMetadataException.class)
                .isThrownBy(() -> put(1, new Experiment(text.toString(), "e", 1)))
                .withMessageContaining("too long for an index");

        assertThat(cache.exists(key(1))).isFalse();
        put(1, new Experiment("m", "e", 1));
    }

    private static List<Boolean> all(List<Callable<Boolean>> tasks) throws Exception {
        ExecutorService executor = Executors.newFixedThreadPool(tasks.size());
        try {
            var results = new ArrayList<Boolean>();
            for (Future<Boolean> result : executor.invokeAll(tasks)) {
                results.add(result.get());
            }
            return results;
        } finally {
            executor.shutdownNow();
        }
    }
}
