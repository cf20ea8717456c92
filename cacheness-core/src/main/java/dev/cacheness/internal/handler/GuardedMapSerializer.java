package dev.cacheness.internal.handler;

import java.util.AbstractMap;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;
import org.apache.fory.context.ReadContext;
import org.apache.fory.resolver.TypeResolver;
import org.apache.fory.serializer.collection.MapSerializer;
import org.jspecify.annotations.Nullable;

/** Reads and writes maps as the serializer itself does, within the {@link HashBudget}. */
final class GuardedMapSerializer<T extends Map<?, ?>> extends MapSerializer<T> {

    private final IntFunction<T> maker;

    GuardedMapSerializer(TypeResolver resolver, Class<T> type, IntFunction<T> maker) {
        super(resolver, type, true);
        this.maker = maker;
    }

    @Override
    @SuppressWarnings("rawtypes")
    public Map newMap(ReadContext context, boolean payload) {
        int size = readMapSize(context, context.getBuffer(), payload);
        setNumElements(size);
        T map = maker.apply(size);
        context.reference(map);
        return new Guarded<>(map);
    }

    @Override
    @SuppressWarnings({"rawtypes", "unchecked"})
    public T onMapRead(Map entries) {
        return ((Guarded<T>) entries).map;
    }

    /** What entries are put into, by generated code as well. */
    private static final class Guarded<T extends Map<?, ?>> extends AbstractMap<Object, Object> {

        private final T map;

        Guarded(T map) {
            this.map = map;
        }

        @Override
        @SuppressWarnings("unchecked")
        public @Nullable Object put(Object key, Object value) {
            HashBudget.spend(key);
            return ((Map<Object, Object>) map).put(key, value);
        }

        @Override
        @SuppressWarnings("unchecked")
        public Set<Map.Entry<Object, Object>> entrySet() {
            return ((Map<Object, Object>) map).entrySet();
        }
    }
}
