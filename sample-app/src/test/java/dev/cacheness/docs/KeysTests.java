package dev.cacheness.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cacheness.CacheKey;
import dev.cacheness.Cacheness;
import dev.cacheness.KeyNamespace;
import dev.cacheness.TypeRef;
import dev.cacheness.engine.CachenessBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeysTests {

    @TempDir
    Path directory;

    private final Cacheness cache = CachenessBuilder.inMemory()
            .trustedPackages(List.of(KeysTests.class.getPackageName()))
            .build();

    // docs:start record
    record Report(String title, int pages) {}

    record ReportKey(String customer, LocalDate day) implements CacheKey<Report> {}

    record RowsKey(LocalDate day) implements CacheKey<List<String>> {}
    // docs:end record

    // docs:start namespace
    @KeyNamespace("reports")
    record PinnedKey(String customer, LocalDate day) implements CacheKey<Report> {

        PinnedKey {
            customer = customer.toLowerCase(Locale.ROOT);
        }
    }
    // docs:end namespace

    // docs:start path
    record ImportKey(Path file, String charset) implements CacheKey<List<String>> {}
    // docs:end path

    @Test
    void typedKeys() {
        var day = LocalDate.of(2026, 11, 24);
        cache.put(new ReportKey("ada", day), new Report("Sales", 12));
        cache.put(new RowsKey(day), List.of("a", "b"));

        // docs:start typed
        Optional<Report> report = cache.get(new ReportKey("ada", day));
        Optional<List<String>> rows = cache.get(new RowsKey(day));
        // docs:end typed

        assertThat(report).contains(new Report("Sales", 12));
        assertThat(rows).contains(List.of("a", "b"));
    }

    @Test
    void looseKeys() {
        // docs:start loose
        CacheKey<Object> key = CacheKey.of("endpoint", "users", "version", 1);
        cache.put(key, List.of("ada", "grace"));
        Optional<List<String>> users = cache.get(key.as(new TypeRef<List<String>>() {}));
        // docs:end loose

        assertThat(users).contains(List.of("ada", "grace"));
        assertThat(cache.get(CacheKey.of("version", 1L, "endpoint", "users"))).isPresent();
    }

    @Test
    void digests() {
        var key = new ReportKey("ada", LocalDate.of(2026, 11, 24));

        // docs:start digest
        String digest = cache.put(key, new Report("Sales", 12));
        Optional<Report> report = cache.get(CacheKey.ofDigest(digest).as(Report.class));
        // docs:end digest

        assertThat(digest).matches("[0-9a-f]{32}");
        assertThat(report).isPresent();
    }

    @Test
    void pinnedNamespaceAndNormalisedParameter() {
        var day = LocalDate.of(2026, 11, 24);
        cache.put(new PinnedKey("Ada", day), new Report("Sales", 12));

        assertThat(cache.get(new PinnedKey("ada", day))).isPresent();
        assertThat(cache.stats("reports").entries()).isEqualTo(1);
    }

    @Test
    void pathCountsByItsContent() throws Exception {
        Path file = Files.writeString(directory.resolve("a.csv"), "1;2");
        cache.put(new ImportKey(file, "UTF-8"), List.of("1", "2"));

        Path copy = Files.copy(file, directory.resolve("b.csv"));
        assertThat(cache.get(new ImportKey(copy, "UTF-8"))).isPresent();

        Files.writeString(file, "3;4");
        assertThat(cache.get(new ImportKey(file, "UTF-8"))).isEmpty();
    }
}
