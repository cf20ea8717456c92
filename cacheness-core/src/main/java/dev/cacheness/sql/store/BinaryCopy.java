package dev.cacheness.sql.store;

import dev.cacheness.internal.record.ColumnKind;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postgresql.copy.CopyIn;

/** Writes rows in the binary format of PostgreSQL's {@code COPY}. For one statement. */
final class BinaryCopy {

    private static final byte[] SIGNATURE = {'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xff, '\r', '\n', 0};

    private static final int BUFFER = 1 << 16;

    private static final int FIXED_FIELD = 12;

    private static final int NULL = -1;

    /** PostgreSQL counts from 2000-01-01. */
    private static final int EPOCH_DAYS = 10_957;

    private static final long EPOCH_MICROS = EPOCH_DAYS * 86_400_000_000L;

    private final CopyIn copy;

    private final ColumnKind[] kinds;

    private final boolean hasVariant;

    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER);

    BinaryCopy(CopyIn copy, TableLayout table) {
        this.copy = copy;
        this.kinds = table.columns().stream().map(column -> column.kind()).toArray(ColumnKind[]::new);
        this.hasVariant = table.variants();
    }

    void write(List<@Nullable Object[]> rows, String variant) throws SQLException {
        buffer.put(SIGNATURE).putInt(0).putInt(0);
        byte[] variantBytes = variant.getBytes(StandardCharsets.UTF_8);
        short fields = (short) (kinds.length + (hasVariant ? 1 : 0));
        for (@Nullable Object[] row : rows) {
            makeRoom(Short.BYTES);
            buffer.putShort(fields);
            for (int i = 0; i < kinds.length; i++) {
                field(kinds[i], row[i]);
            }
            if (hasVariant) {
                bytes(variantBytes);
            }
        }
        makeRoom(Short.BYTES);
        buffer.putShort((short) -1);
        send();
    }

    private void field(ColumnKind kind, @Nullable Object stored) throws SQLException {
        makeRoom(FIXED_FIELD);
        if (stored == null) {
            buffer.putInt(NULL);
            return;
        }
        switch (kind) {
            case TEXT -> bytes(((String) stored).getBytes(StandardCharsets.UTF_8));
            case BYTES -> bytes((byte[]) stored);
            case DECIMAL -> bytes(PostgresNumeric.of(new BigDecimal((String) stored)));
            case BIGINT -> buffer.putInt(Long.BYTES).putLong((Long) stored);
            case DOUBLE -> buffer.putInt(Double.BYTES).putDouble((Double) stored);
            case BOOLEAN -> buffer.putInt(1).put((byte) ((Boolean) stored ? 1 : 0));
            case DATE -> buffer.putInt(Integer.BYTES).putInt(Math.toIntExact((Long) stored - EPOCH_DAYS));
            case INSTANT, DATETIME ->
                buffer.putInt(Long.BYTES).putLong(Math.subtractExact((Long) stored, EPOCH_MICROS));
        }
    }

    /** A field of any length, which need not fit into the buffer. */
    private void bytes(byte[] value) throws SQLException {
        makeRoom(Integer.BYTES + value.length);
        buffer.putInt(value.length);
        if (value.length <= buffer.remaining()) {
            buffer.put(value);
        } else {
            send();
            copy.writeToCopy(value, 0, value.length);
        }
    }

    private void makeRoom(int bytes) throws SQLException {
        if (buffer.remaining() < bytes) {
            send();
        }
    }

    private void send() throws SQLException {
        copy.writeToCopy(buffer.array(), 0, buffer.position());
        buffer.clear();
    }
}
