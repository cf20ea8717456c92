package dev.cacheness.internal.transfer;

import dev.cacheness.EntryMetadata;
import dev.cacheness.spi.CustomColumn;
import dev.cacheness.spi.CustomKind;
import dev.cacheness.spi.CustomRow;
import dev.cacheness.spi.CustomTable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a bundle says of an entry, field by field. Times are epoch milliseconds. */
final class EntryHeader {

    private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{32,40}");

    private EntryHeader() {}

    static void write(TravellingEntry entry, DataOutputStream out) throws IOException {
        EntryMetadata metadata = entry.metadata();
        Instant expiresAt = metadata.expiresAt();
        Duration loadTime = metadata.loadTime();
        HeaderValues.write(metadata.digest(), out);
        HeaderValues.write(metadata.namespace(), out);
        HeaderValues.write(metadata.keyParameters(), out);
        HeaderValues.write(metadata.description(), out);
        HeaderValues.write(metadata.attributes(), out);
        out.writeInt(metadata.tags().size());
        for (String tag : metadata.tags()) {
            HeaderValues.write(tag, out);
        }
        out.writeLong(metadata.createdAt().toEpochMilli());
        out.writeLong(metadata.accessedAt().toEpochMilli());
        HeaderValues.write(expiresAt == null ? null : expiresAt.toEpochMilli(), out);
        out.writeLong(metadata.hits());
        HeaderValues.write(loadTime == null ? null : loadTime.toNanos(), out);
        HeaderValues.write(metadata.handler(), out);
        out.writeInt(entry.handlerVersion());
        HeaderValues.write(metadata.valueType(), out);
        HeaderValues.write(entry.typeFingerprint(), out);
        out.writeInt(entry.custom().size());
        for (CustomRow row : entry.custom()) {
            write(row, out);
        }
    }

    private static void write(CustomRow row, DataOutputStream out) throws IOException {
        List<CustomColumn> columns = row.table().columns();
        HeaderValues.write(row.table().name(), out);
        out.writeInt(columns.size());
        for (int i = 0; i < columns.size(); i++) {
            CustomColumn column = columns.get(i);
            HeaderValues.write(column.name(), out);
            HeaderValues.write(column.kind().name(), out);
            out.writeBoolean(column.indexed());
            out.writeBoolean(column.unique());
            HeaderValues.write(row.values().get(i), out);
        }
    }

    /** @param rawSize the size of the value, which the header leaves to those who read it */
    static TravellingEntry read(DataInputStream in, long rawSize) throws IOException {
        String digest = HeaderValues.text(in);
        if (!DIGEST.matcher(digest).matches()) {
            throw new IOException("A digest has 32 to 40 hexadecimal characters");
        }
        String namespace = HeaderValues.text(in);
        Map<String, String> parameters = new LinkedHashMap<>();
        HeaderValues.map(in).forEach((name, value) -> parameters.put(name, value.toString()));
        String description = (String) HeaderValues.read(in);
        Map<String, Object> attributes = HeaderValues.map(in);
        Set<String> tags = new TreeSet<>();
        for (int left = HeaderValues.count(in); left > 0; left--) {
            tags.add(HeaderValues.text(in));
        }
        Instant createdAt = Instant.ofEpochMilli(in.readLong());
        Instant accessedAt = Instant.ofEpochMilli(in.readLong());
        Long expiresAt = (Long) HeaderValues.read(in);
        long hits = in.readLong();
        Long loadNanos = (Long) HeaderValues.read(in);
        String handler = HeaderValues.text(in);
        int handlerVersion = in.readInt();
        String valueType = HeaderValues.text(in);
        String fingerprint = (String) HeaderValues.read(in);
        List<CustomRow> custom = new ArrayList<>();
        for (int left = HeaderValues.count(in); left > 0; left--) {
            custom.add(customRow(in));
        }
        var metadata = new EntryMetadata(
                digest,
                namespace,
                parameters,
                description,
                attributes,
                tags,
                createdAt,
                accessedAt,
                expiresAt == null ? null : Instant.ofEpochMilli(expiresAt),
                hits,
                loadNanos == null ? null : Duration.ofNanos(loadNanos),
                handler,
                valueType,
                "none",
                rawSize,
                rawSize);
        return new TravellingEntry(metadata, handlerVersion, fingerprint, custom);
    }

    private static CustomRow customRow(DataInputStream in) throws IOException {
        String table = HeaderValues.text(in);
        List<CustomColumn> columns = new ArrayList<>();
        List<@Nullable Object> values = new ArrayList<>();
        for (int left = HeaderValues.count(in); left > 0; left--) {
            String name = HeaderValues.text(in);
            CustomKind kind = CustomKind.valueOf(HeaderValues.text(in));
            columns.add(new CustomColumn(name, kind, in.readBoolean(), in.readBoolean()));
            values.add(HeaderValues.read(in));
        }
        return new CustomRow(new CustomTable(table, columns), values);
    }
}
