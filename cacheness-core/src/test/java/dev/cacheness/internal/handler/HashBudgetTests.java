package dev.cacheness.internal.handler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.cacheness.CacheSerializationException;
import dev.cacheness.spi.HandlerSettings;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class HashBudgetTests {

    record Holder(
            Set<Object> any,
            HashSet<String> texts,
            LinkedHashSet<Integer> ordered,
            Map<String, Set<Long>> map,
            LinkedHashMap<List<Integer>, String> keys,
            Set<String> fixed,
            Map<String, Integer> fixedMap) {}

    private final ObjectHandler handler = (ObjectHandler) new ObjectHandlerProvider()
            .create(new HandlerSettings(
                    HashBudgetTests.class.getClassLoader(), List.of("dev.cacheness.internal.handler"), "none", null));

    private byte[] write(Object value) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        handler.write(value, out);
        return out.toByteArray();
    }

    private Object read(byte[] bytes) throws IOException {
        return handler.read(new ByteArrayInputStream(bytes), Object.class);
    }

    @Test
    void setsAndMapsReadBackEqualBeforeAndAfterTheirCodeIsGenerated() throws Exception {
        Holder holder = new Holder(
                new HashSet<>(List.of("a", List.of(1, 2), Set.of(3))),
                new HashSet<>(List.of("a", "b")),
                new LinkedHashSet<>(List.of(3, 1, 2)),
                new HashMap<>(Map.of("k", new HashSet<>(List.of(1L)))),
                new LinkedHashMap<>(Map.of(List.of(1), "one")),
                Set.of("a", "b", "c"),
                Map.of("a", 1));
        byte[] bytes = write(holder);

        for (int i = 0; i < 2_000; i++) {
            assertThat(read(bytes)).isEqualTo(holder);
        }
        assertThat(read(write(holder))).isEqualTo(holder);
        assertThat(((Holder) read(bytes)).ordered()).containsExactly(3, 1, 2);
        assertThat(((Holder) read(bytes)).fixed()).isInstanceOf(Set.of(1, 2, 3).getClass());
    }

    @Test
    void aSetMayHoldALotAndAlsoSomethingThatHoldsIt() throws Exception {
        Set<Object> large = new HashSet<>();
        for (int i = 0; i < 100_000; i++) {
            large.add(List.of(i, i + 1));
        }
        Object[] selfish = new Object[1];
        Set<Object> cycle = new HashSet<>(Collections.singleton(selfish));
        selfish[0] = cycle;

        assertThat(read(write(large))).isEqualTo(large);
        Set<?> read = (Set<?>) read(write(cycle));
        assertThat(((Object[]) read.iterator().next())[0]).isSameAs(read);
    }

    @Test
    void whatTakesTooLongToHashIsRefusedAndTheNextValueIsRead() throws Exception {
        List<Object> shared = new ArrayList<>(Collections.nCopies(1_000, 1));
        for (int i = 0; i < 3; i++) {
            shared = new ArrayList<>(Collections.nCopies(1_000, shared));
        }
        byte[] bomb = write(Map.of("x", new LateSet(shared).set()));

        assertThatExceptionOfType(CacheSerializationException.class)
                .isThrownBy(() -> read(bomb))
                .withMessageContaining("too long to hash");
        assertThat(read(write(Set.of("a")))).isEqualTo(Set.of("a"));
    }

    @Test
    void messagesDoNotShowWhatWasRead() throws Exception {
        byte[] bytes = write(new ArrayList<>(List.of("a secret", new HashSet<>(List.of("b")), new int[100])));
        byte[] cut = java.util.Arrays.copyOf(bytes, bytes.length - 50);

        assertThatExceptionOfType(CacheSerializationException.class)
                .isThrownBy(() -> read(cut))
                .satisfies(ex -> assertThat(org.assertj.core.util.Throwables.getStackTrace(ex))
                        .doesNotContain("a secret"));
    }

    /** A set whose element grew after it was put in, so that nothing had to be hashed. */
    private static final class LateSet {

        private final Set<Object> set = new HashSet<>();

        LateSet(List<Object> content) {
            List<Object> element = new ArrayList<>();
            set.add(element);
            element.addAll(content);
        }

        Set<Object> set() {
            return set;
        }
    }
}
