package dev.cacheness.compat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.cacheness.CacheConfigurationException;
import dev.cacheness.CacheEntry;
import dev.cacheness.CacheKey;
import dev.cacheness.Cacheness;
import dev.cacheness.EntryQuery;
import dev.cacheness.Lookup;
import dev.cacheness.MissReason;
import dev.cacheness.MutableInstantSource;
import dev.cacheness.PutOption;
import dev.cacheness.engine.CachenessBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** A cache of layout 1 as it was first released, opened by the present code. */
class GoldenCacheTests {

    private static final Path GOLDEN = Path.of("src/test/resources/compat/v1/cache");

    private static final CacheKey<Object> EXPIRING = CacheKey.of("golden", "expiring");

    private static final Duration TTL = Duration.ofDays(30);

    @TempDir
    Path directory;

    private Path cacheDirectory;

    private final MutableInstantSource clock = new MutableInstantSource(GoldenValues.NOW);

    @BeforeEach
    void copy() throws IOException {
        cacheDirectory = directory.resolve("cache");
        if (Files.exists(GOLDEN)) {
            copy(GOLDEN, cacheDirectory);
        }
    }

    @Test
    void everyValueIsWhatWasPut() {
        try (Cacheness cache = open(cacheDirectory, "zstd")) {
            for (String codec : GoldenValues.CODECS) {
                GoldenValues.all(codec, directory).forEach((name, value) -> {
                    CacheKey<?> key = GoldenValues.typed(GoldenValues.key(codec, name), value);

                    Lookup<?> found = cache.lookup(key);

                    assertThat(found).as("%s of %s", name, codec).isInstanceOf(Lookup.Hit.class);
                    Object read = ((Lookup.Hit<?>) found).entry().value();
                    assertThat(GoldenValues.areEqual(read, value))
                            .as("%s of %s: %s", name, codec, read)
                            .isTrue();
                });
            }
            assertThat(cache.verify().isSound()).isTrue();
            assertThat(cache.verify().entries()).isEqualTo(4 * 16);
        }
    }

    @Test
    void everythingThatIsKnownOfAnEntryIsWhatWasSaid() {
        try (Cacheness cache = open(cacheDirectory, "zstd")) {
            CacheEntry<Object> entry = cache.getEntry(EXPIRING).orElseThrow();

            assertThat(entry.value()).isEqualTo("value");
            assertThat(entry.metadata().description()).isEqualTo("as it was");
            assertThat(entry.metadata().tags()).containsExactly("a", "b");
            assertThat(entry.metadata().attributes())
                    .isEqualTo(Map.of("rank", 3L, "share", 0.5, "good", true, "by", "x"));
            assertThat(entry.metadata().createdAt()).isEqualTo(GoldenValues.NOW);
            assertThat(entry.metadata().expiresAt()).isEqualTo(GoldenValues.NOW.plus(TTL));
            assertThat(entry.metadata().keyParameters()).isNotEmpty();
            assertThat(cache.entries(EntryQuery.all().withTag("a"))).hasSize(1);

            clock.advance(TTL);

            assertThat(cache.lookup(EXPIRING)).isEqualTo(new Lookup.Miss<>(MissReason.EXPIRED));
        }
    }

    @Test
    void itCanBeWrittenToAndEmptied() {
        try (Cacheness cache = open(cacheDirectory, "zstd")) {
            cache.put(EXPIRING, "another");
            assertThat(cache.get(EXPIRING)).contains("another");

            long entries = cache.stats().entries();

            assertThat((long) cache.clear()).isEqualTo(entries);
            assertThat(cache.verify().isSound()).isTrue();
        }
    }

    /** Whoever changes a script that was released must instead write a new one. */
    @Test
    void tablesAreThoseOfANewCache() throws SQLException {
        Path fresh = directory.resolve("fresh");
        open(fresh, "zstd").close();
        open(cacheDirectory, "zstd").close();

        assertThat(tables(cacheDirectory)).isEqualTo(tables(fresh));
    }

    @Test
    void newerLayoutIsRefusedAndLeftAsItIs() throws IOException {
        Files.writeString(cacheDirectory.resolve("LAYOUT"), "cacheness 2\n");
        List<String> before = contents(cacheDirectory);

        assertThatExceptionOfType(CacheConfigurationException.class)
                .isThrownBy(() -> open(cacheDirectory, "zstd"))
                .withMessageContaining("layout 2");

        assertThat(contents(cacheDirectory)).isEqualTo(before);
    }

    /**
     * Makes the golden cache. Only for layouts that were never released: {@code mvn -pl cacheness-core test -Dtest=GoldenCacheTests
     * -DargLine=-Dcacheness.golden=write}.
     */
    @Test
    @EnabledIfSystemProperty(
            named = "cacheness.golden",
            matches = "write",
            disabledReason = "A golden cache stays as it is")
    void write() throws IOException {
        delete(cacheDirectory);
        for (String codec : GoldenValues.CODECS) {
            try (Cacheness cache = open(cacheDirectory, codec)) {
                GoldenValues.all(codec, directory)
                        .forEach((name, value) -> cache.put(GoldenValues.key(codec, name), value));
            }
        }
        try (Cacheness cache = open(cacheDirectory, "zstd")) {
            cache.put(
                    EXPIRING,
                    "value",
                    PutOption.ttl(TTL),
                    PutOption.description("as it was"),
                    PutOption.tags("b", "a"),
                    PutOption.attributes(Map.of("rank", 3L, "share", 0.5, "good", true, "by", "x")));
            cache.compact();
        }
        delete(GOLDEN);
        copy(cacheDirectory, GOLDEN);
    }

    private Cacheness open(Path cache, String codec) {
        return CachenessBuilder.at(cache)
                .codec(codec)
                .compressionThreshold(256)
                .inlineThreshold(GoldenValues.INLINE_THRESHOLD_BYTES)
                .trustedPackages(List.of("dev.cacheness.compat"))
                .clock(clock)
                .build();
    }

    private static List<String> tables(Path cache) throws SQLException {
        var tables = new ArrayList<String>();
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + cache.resolve("cacheness.db"));
                var statement = connection.createStatement();
                var rows = statement.executeQuery("select name, sql from sqlite_master order by name")) {
            while (rows.next()) {
                tables.add(rows.getString(1) + ": " + rows.getString(2));
            }
        }
        return tables;
    }

    private static List<String> contents(Path cache) throws IOException {
        try (Stream<Path> files = Files.walk(cache)) {
            var contents = new ArrayList<String>();
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                contents.add(cache.relativize(file) + " " + Arrays.hashCode(Files.readAllBytes(file)));
            }
            return contents;
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path copy = to.resolve(from.relativize(file).toString());
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
            }
        }
    }

    private static void delete(Path root) throws IOException {
        if (!Files.exists(root)) {
            return;
        }
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
