package dev.cacheness.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cacheness.TypeRef;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ShapesTests {

    record Leaf(String name) {}

    sealed interface Node permits Branch, End {}

    record Branch(List<Node> children, Leaf leaf) implements Node {}

    record End(int[] values) implements Node {}

    static class Cyclic {
        Cyclic next;
        transient String cached;
        static String shared;
    }

    private final Shapes shapes = new Shapes();

    @Test
    void everyClassThatCanBeReachedCounts() {
        assertThat(shapes.of(Leaf.class, Leaf.class)).hasSize(8);
        assertThat(shapes.of(Cyclic.class, Cyclic.class)).hasSize(8);
        assertThat(shapes.of(Node.class, End.class)).contains(shapes.of(Leaf.class, Leaf.class));
        assertThat(shapes.of(new TypeRef<Map<String, List<Leaf[]>>>() {}.type(), Map.class))
                .isEqualTo(shapes.of(Leaf.class, Leaf.class));
    }

    @Test
    void whereThereIsNoClassOfTheApplicationThereIsNoFingerprint() {
        assertThat(shapes.of(Object.class, String.class)).isNull();
        assertThat(shapes.of(new TypeRef<List<String>>() {}.type(), List.class)).isNull();
    }

    @Test
    void fieldsMayComeOrGoButNotBoth() {
        assertThat(Shapes.isReadable("AAAAf001f002", "AAAAf001f002f003")).isTrue();
        assertThat(Shapes.isReadable("AAAAf001f002", "AAAAf001")).isTrue();
        assertThat(Shapes.isReadable("AAAAf001f002", "AAAAf001f003")).isFalse();
        assertThat(Shapes.isReadable("AAAAf001;BBBBf002", "AAAAf001;BBBBf003")).isFalse();
    }

    @Test
    void classesThatOnlyOneSideKnowsDoNotMatter() {
        assertThat(Shapes.isReadable("AAAAf001;BBBBf002", "AAAAf001;CCCCf003")).isTrue();
        assertThat(Shapes.isReadable("AAAAf001", "")).isTrue();
    }
}
