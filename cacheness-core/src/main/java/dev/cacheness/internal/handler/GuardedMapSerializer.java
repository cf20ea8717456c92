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
        // No generated code: it would put keys into the map on its own.
        super(resolver, type, false);
        this.maker = maker;
    }

    @Override
    @SuppressWarnings("rawtypes")
    public Map newMap(ReadContext context, boolean payload) {
        int size = readMapSize(context, context.getBuffer(), payload);
        setNumElements(size);
        T map = maker.apply(size);
        context.reference(map);
        return map;
    }

    @Override
    @SuppressWarnings({"rawtypes", "unchecked"})
    public void readElements(ReadContext context, int size, Map map) {
        super.readElements(context, size, new Guarded(map));
    }

    private static final class Guarded extends AbstractMap<Object, Object> {

        private final Map<Object, Object> map;

        Guarded(Map<Object, Object> map) {
            this.map = map;
        }

        @Override
        public @Nullable Object put(Object key, Object value) {
            HashBudget.current().charge(key);
            return map.put(key, value);
        }

        @Override
        public Set<Map.Entry<Object, Object>> entrySet() {
            return map.entrySet();
        }
    }
}
