package dev.cacheness.internal.handler;

import java.util.AbstractMap;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.fory.context.ReadContext;
import org.apache.fory.resolver.TypeResolver;
import org.apache.fory.serializer.collection.MapSerializer;
import org.jspecify.annotations.Nullable;

/** Reads and writes what {@code Map.of} gives as the serializer itself does, within the {@link HashBudget}. */
@SuppressWarnings({"rawtypes", "unchecked"})
final class GuardedImmutableMapSerializer extends MapSerializer {

    GuardedImmutableMapSerializer(TypeResolver resolver, Class type) {
        super(resolver, type, true);
    }

    @Override
    public Map newMap(ReadContext context, boolean payload) {
        int size = readMapSize(context, context.getBuffer(), payload);
        setNumElements(size);
        return new Entries();
    }

    @Override
    public Map onMapRead(Map entries) {
        return Map.ofEntries(((Entries) entries).list.toArray(Map.Entry[]::new));
    }

    /** Takes entries without looking at their keys. */
    private static final class Entries extends AbstractMap<Object, Object> {

        private final List<Map.Entry<Object, Object>> list = new ArrayList<>();

        @Override
        public @Nullable Object put(Object key, Object value) {
            HashBudget.spend(key);
            list.add(Map.entry(key, value));
            return null;
        }

        @Override
        public Set<Map.Entry<Object, Object>> entrySet() {
            return new LinkedHashSet<>(list);
        }
    }
}
