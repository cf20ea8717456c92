package dev.cacheness.internal.key;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cacheness.CacheKey;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The digests of keys as they were when they were first stored; each run is a new process, so this also shows that no digest depends on it. */
class GoldenKeyTests {

    private static final String FILE = "/compat/v1/key-digests.txt";

    private final KeyDigester digester = new KeyDigester(new KeySettings(10, true, true));

    @Test
    void digestsAreWhatTheyWere(@TempDir Path directory) throws IOException {
        Map<String, String> digests = digestsOf(KeyFixtures.all(directory));

        assertThat(text(digests))
                .as(
                        "Digests of keys have changed, so that everything that was ever stored would be lost. A new kind of value may add lines to "
                                + FILE + "; no line may change")
                .isEqualTo(text(golden()));
    }

    @Test
    void noTwoDigestsAreEqual(@TempDir Path directory) throws IOException {
        Map<String, String> digests = digestsOf(KeyFixtures.all(directory));

        assertThat(digests.values()).doesNotHaveDuplicates().hasSizeGreaterThan(70);
    }

    private Map<String, String> digestsOf(Map<String, CacheKey<?>> keys) {
        var digests = new LinkedHashMap<String, String>();
        keys.forEach((name, key) -> digests.put(name, digester.digest(key).digest()));
        return digests;
    }

    private static Map<String, String> golden() throws IOException {
        var digests = new LinkedHashMap<String, String>();
        try (InputStream in = Objects.requireNonNull(GoldenKeyTests.class.getResourceAsStream(FILE))) {
            new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(line -> line.split(" "))
                    .forEach(parts -> digests.put(parts[0], parts[1]));
        }
        return digests;
    }

    private static String text(Map<String, String> digests) {
        var lines = new StringBuilder();
        new TreeMap<>(digests)
                .forEach((name, digest) ->
                        lines.append(name).append(' ').append(digest).append('\n'));
        return lines.toString();
    }
}
