package dev.cacheness.internal.custom;

import dev.cacheness.CacheMetadataException;
import dev.cacheness.CustomMetadata;
import dev.cacheness.Indexed;
import dev.cacheness.Unique;
import dev.cacheness.spi.CustomColumn;
import dev.cacheness.spi.CustomMatch;
import dev.cacheness.spi.CustomRow;
import dev.cacheness.spi.CustomTable;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A record class as a table. Thread-safe.
 *
 * @param <R> the record
 */
public final class RecordMapping<R extends Record> {

    private final Class<R> type;

    private final RecordComponent[] components;

    private final Constructor<R> constructor;

    private final List<ComponentType> types = new ArrayList<>();

    private final CustomTable table;

    private RecordMapping(Class<R> type, String name) throws NoSuchMethodException {
        this.type = type;
        this.components = type.getRecordComponents();
        this.constructor = type.getDeclaredConstructor(
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
        constructor.setAccessible(true);
        var columns = new ArrayList<CustomColumn>();
        for (RecordComponent component : components) {
            component.getAccessor().setAccessible(true);
            ComponentType componentType = ComponentType.of(component.getGenericType());
            if (componentType == null) {
                throw new IllegalArgumentException(
                        "Component '" + component.getName() + "' of " + type.getName()
                                + " is a " + component.getGenericType().getTypeName()
                                + ", for which there is no column. Use a primitive, a wrapper, a String, an enum, a UUID, a"
                                + " BigDecimal, a LocalDate, an Instant, a LocalDateTime, a Duration, or an Optional of these.");
            }
            types.add(componentType);
            columns.add(column(component, componentType));
        }
        this.table = new CustomTable(name, columns);
    }

    private CustomColumn column(RecordComponent component, ComponentType componentType) {
        boolean unique = component.isAnnotationPresent(Unique.class);
        boolean indexed = unique || component.isAnnotationPresent(Indexed.class);
        return new CustomColumn(component.getName(), componentType.kind(), indexed, unique);
    }

    /**
     * @throws IllegalArgumentException if the class is no such record, or has components or names that cannot be in a table; names what is wrong
     */
    public static <R extends Record> RecordMapping<R> of(Class<R> type) {
        CustomMetadata annotation = type.getAnnotation(CustomMetadata.class);
        if (!type.isRecord() || annotation == null) {
            throw new IllegalArgumentException(type.getName()
                    + " is no custom metadata. Use a record with the annotation @CustomMetadata(\"name_of_table\").");
        }
        if (type.getRecordComponents().length == 0) {
            throw new IllegalArgumentException(
                    type.getName() + " has no components, so its table would have no columns.");
        }
        try {
            return new RecordMapping<>(type, annotation.value());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("The custom metadata " + type.getName() + ": " + e.getMessage(), e);
        } catch (NoSuchMethodException | RuntimeException e) {
            throw new IllegalArgumentException(
                    type.getName() + " cannot be reached by reflection: make it accessible, or open its package.", e);
        }
    }

    public CustomTable table() {
        return table;
    }

    public Class<R> type() {
        return type;
    }

    /** @throws IllegalArgumentException if a component has a value that its column cannot hold; names record and component */
    public CustomRow row(Record record) {
        var values = new ArrayList<@Nullable Object>();
        for (int i = 0; i < components.length; i++) {
            Object value = read(components[i], record);
            try {
                values.add(types.get(i).store(value));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(
                        "Component '" + components[i].getName() + "' of " + type.getName() + ": " + e.getMessage(), e);
            }
        }
        return new CustomRow(table, values);
    }

    private @Nullable Object read(RecordComponent component, Record record) {
        try {
            return component.getAccessor().invoke(record);
        } catch (InvocationTargetException | IllegalAccessException e) {
            throw new IllegalArgumentException(
                    "Component '" + component.getName() + "' of " + type.getName() + " cannot be read", e);
        }
    }

    /** @throws CacheMetadataException if the record does not take what its row holds; names the entry */
    public R record(CustomMatch match) {
        @Nullable Object[] arguments = new @Nullable Object[components.length];
        try {
            for (int i = 0; i < arguments.length; i++) {
                arguments[i] = types.get(i).restore(match.values().get(i));
            }
            return constructor.newInstance(arguments);
        } catch (InvocationTargetException e) {
            throw unreadable(match, e.getCause());
        } catch (ReflectiveOperationException | RuntimeException e) {
            throw unreadable(match, e);
        }
    }

    private CacheMetadataException unreadable(CustomMatch match, @Nullable Throwable cause) {
        return new CacheMetadataException(
                "The row of entry " + match.digest() + " in the custom metadata '" + table.name() + "' makes no "
                        + type.getName() + ": " + cause + ". Invalidate the entry, or let the record take such values.",
                cause);
    }
}
