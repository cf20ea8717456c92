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
        // No generated code: it would put elements into the set on its own.
        super(resolver, type, false);
        this.maker = maker;
    }

    @Override
    @SuppressWarnings("rawtypes")
    public Collection newCollection(ReadContext context, boolean payload) {
        int size = readCollectionSize(context, context.getBuffer(), payload);
        setNumElements(size);
        T set = maker.apply(size);
        context.reference(set);
        return set;
    }

    @Override
    @SuppressWarnings({"rawtypes", "unchecked"})
    protected void readElements(ReadContext context, Collection collection, int size) {
        super.readElements(context, new Guarded(collection), size);
    }

    private static final class Guarded extends AbstractCollection<Object> {

        private final Collection<Object> set;

        Guarded(Collection<Object> set) {
            this.set = set;
        }

        @Override
        public boolean add(Object element) {
            HashBudget.current().charge(element);
            return set.add(element);
        }

        @Override
        public Iterator<Object> iterator() {
            return set.iterator();
        }

        @Override
        public int size() {
            return set.size();
        }
    }
}
