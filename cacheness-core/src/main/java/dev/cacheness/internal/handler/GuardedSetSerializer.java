package dev.cacheness.internal.handler;

import java.util.AbstractCollection;
import java.util.Collection;
import java.util.Iterator;
import java.util.Set;
import java.util.function.IntFunction;
import org.apache.fory.context.ReadContext;
import org.apache.fory.resolver.TypeResolver;
import org.apache.fory.serializer.collection.CollectionSerializer;

/** Reads and writes sets as the serializer itself does, within the {@link HashBudget}. */
final class GuardedSetSerializer<T extends Set<?>> extends CollectionSerializer<T> {

    private final IntFunction<T> maker;

    GuardedSetSerializer(TypeResolver resolver, Class<T> type, IntFunction<T> maker) {
        super(resolver, type, true);
        this.maker = maker;
    }

    @Override
    @SuppressWarnings("rawtypes")
    public Collection newCollection(ReadContext context, boolean payload) {
        int size = readCollectionSize(context, context.getBuffer(), payload);
        setNumElements(size);
        T set = maker.apply(size);
        context.reference(set);
        return new Guarded<>(set);
    }

    @Override
    @SuppressWarnings({"rawtypes", "unchecked"})
    public T onCollectionRead(Collection elements) {
        return ((Guarded<T>) elements).set;
    }

    /** What elements are put into, by generated code as well. */
    private static final class Guarded<T extends Set<?>> extends AbstractCollection<Object> {

        private final T set;

        Guarded(T set) {
            this.set = set;
        }

        @Override
        @SuppressWarnings("unchecked")
        public boolean add(Object element) {
            HashBudget.spend(element);
            return ((Set<Object>) set).add(element);
        }

        @Override
        @SuppressWarnings("unchecked")
        public Iterator<Object> iterator() {
            return ((Set<Object>) set).iterator();
        }

        @Override
        public int size() {
            return set.size();
        }
    }
}
