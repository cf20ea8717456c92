package dev.cacheness.crash;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Small objects whose hash codes take years, because each part is in two others. They are filled from outside in, so that making them takes no time. */
final class NestedSets {

    private static final int DEPTH = 100;

    private NestedSets() {}

    static Map<String, Object> all() {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("sets in sets", sets(HashSet::new));
        all.put("ordered sets in sets", sets(LinkedHashSet::new));
        all.put("lists in a set", lists());
        all.put("keys in keys", keys());
        all.put("sets that cannot change", immutable());
        return all;
    }

    private static Set<Object> sets(Supplier<Set<Object>> maker) {
        Set<Object> root = maker.get();
        Set<Object> one = root;
        Set<Object> other = maker.get();
        for (int i = 0; i < DEPTH; i++) {
            Set<Object> first = maker.get();
            Set<Object> second = maker.get();
            first.add("different");
            one.add(first);
            one.add(second);
            other.add(first);
            other.add(second);
            one = first;
            other = second;
        }
        return root;
    }

    private static Set<Object> lists() {
        List<Object> root = new ArrayList<>();
        Set<Object> set = new HashSet<>();
        set.add(root);
        List<Object> outer = root;
        for (int i = 0; i < DEPTH; i++) {
            List<Object> inner = new ArrayList<>();
            outer.add(inner);
            outer.add(Optional.of(inner));
            outer = inner;
        }
        return set;
    }

    private static Map<Object, Object> keys() {
        Map<Object, Object> root = new HashMap<>();
        Map<Object, Object> outer = root;
        for (int i = 0; i < DEPTH; i++) {
            Map<Object, Object> inner = new HashMap<>();
            outer.put(inner, inner);
            outer = inner;
        }
        return root;
    }

    /** These hash while they are made, so they are fewer. */
    private static Set<Object> immutable() {
        Set<Object> one = Set.of();
        Set<Object> other = Set.of("different");
        for (int i = 0; i < 24; i++) {
            Set<Object> first = Set.of(one, other);
            other = Set.of(one, other, "different");
            one = first;
        }
        return one;
    }
}
