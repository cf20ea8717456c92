package dev.cacheness.internal.handler;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Set;
import org.apache.fory.context.ReadContext;
import org.apache.fory.resolver.TypeResolver;
import org.apache.fory.serializer.collection.CollectionSerializer;

/** Reads and writes what {@code Set.of} gives as the serializer itself does, within the {@link HashBudget}. */
@SuppressWarnings({"rawtypes", "unchecked"})
final class GuardedImmutableSetSerializer extends CollectionSerializer {

    GuardedImmutableSetSerializer(TypeResolver resolver, Class type) {
        super(resolver, type, true);
    }

    @Override
    public Collection newCollection(ReadContext context, boolean payload) {
        int size = readCollectionSize(context, context.getBuffer(), payload);
        setNumElements(size);
        return new ArrayList<>(size);
    }

    @Override
    public Collection onCollectionRead(Collection elements) {
        elements.forEach(HashBudget::spend);
        return Set.of(elements.toArray());
    }
}
