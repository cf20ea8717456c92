package dev.cacheness.sql;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the source is asked for: one range of one partition, or of several if the cache is told that the source can do that. Immutable. */
public final class FetchRequest {

    private final String cache;

    private final List<Partition> partitions;

    private final FetchRange range;

    private final String rangeName;

    private final int page;

    private final int attempt;

    private final Duration timeout;

    FetchRequest(
            String cache,
            List<Partition> partitions,
            FetchRange range,
            String rangeName,
            int page,
            int attempt,
            Duration timeout) {
        this.cache = cache;
        this.partitions = List.copyOf(partitions);
        this.range = range;
        this.rangeName = rangeName;
        this.page = page;
        this.attempt = attempt;
        this.timeout = timeout;
    }

    /** The name of the cache. */
    public String cache() {
        return cache;
    }

    /** The only partition. @throws IllegalStateException if there are several */
    public Partition partition() {
        if (partitions.size() != 1) {
            throw new IllegalStateException(
                    "The request is for " + partitions.size() + " partitions: use partitions() or values(name)");
        }
        return partitions.get(0);
    }

    public List<Partition> partitions() {
        return partitions;
    }

    public FetchRange range() {
        return range;
    }

    /** The value of a partition column or variant, as text. */
    public String string(String name) {
        return value(name, Object.class).toString();
    }

    /**
     * The value of a partition column or variant.
     *
     * @throws IllegalArgumentException if there is none of that name, or it is of another type
     */
    public <V> V value(String name, Class<V> type) {
        return cast(partition(), name, type);
    }

    /** The values of a partition column, one for each partition. */
    public <V> List<V> values(String name, Class<V> type) {
        return partitions.stream().map(p -> cast(p, name, type)).toList();
    }

    private static <V> V cast(Partition partition, String name, Class<V> type) {
        Object value = partition.value(name);
        if (!type.isInstance(value)) {
            throw new IllegalArgumentException("The request has no " + type.getSimpleName() + " called '" + name
                    + "', only " + partition.values().keySet());
        }
        return type.cast(value);
    }

    /** The first day. */
    public LocalDate fromDate() {
        return bound(range.from(), LocalDate.class);
    }

    /** The day after the last one. */
    public LocalDate toDate() {
        return bound(range.to(), LocalDate.class);
    }

    /** The last day. */
    public LocalDate lastDate() {
        return bound(range.last(), LocalDate.class);
    }

    /** The first moment. */
    public Instant from() {
        return instant(range.from());
    }

    /** The first moment behind the range. */
    public Instant to() {
        return instant(range.to());
    }

    /** The first id. */
    public long fromId() {
        return bound(range.from(), Number.class).longValue();
    }

    /** The id after the last one. */
    public long toId() {
        return bound(range.to(), Number.class).longValue();
    }

    private static Instant instant(Object bound) {
        return bound instanceof OffsetDateTime time ? time.toInstant() : bound(bound, Instant.class);
    }

    private static <V> V bound(Object bound, Class<V> type) {
        if (!type.isInstance(bound)) {
            throw new IllegalStateException(
                    "The range column is a " + bound.getClass().getSimpleName() + ", not a " + type.getSimpleName());
        }
        return type.cast(bound);
    }

    /** Which page of the range this is, from 0; later pages follow when {@link FetchResult#next(Object)} asks for them. */
    public int page() {
        return page;
    }

    /** Which attempt this is, from 1. */
    public int attempt() {
        return attempt;
    }

    /** How long the cache waits for the answer. */
    public Duration timeout() {
        return timeout;
    }

    /**
     * Values by name, as a source with keyword parameters wants them: partition columns and variants (lists of them for several partitions), and for
     * the range column {@code date} the bounds {@code date_start} and {@code date_end}, both inclusive.
     */
    public Map<String, Object> asMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        for (String name : partitions.get(0).values().keySet()) {
            map.put(name, partitions.size() == 1 ? value(name, Object.class) : values(name, Object.class));
        }
        if (!range.isNone()) {
            map.put(rangeName + "_start", range.from());
            map.put(rangeName + "_end", range.last());
        }
        return map;
    }

    @Override
    public String toString() {
        return cache + " " + partitions + " " + range;
    }
}
