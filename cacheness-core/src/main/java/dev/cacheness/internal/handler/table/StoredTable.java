package dev.cacheness.internal.handler.table;

import dev.cacheness.internal.handler.file.SpooledBytes;
import dev.cacheness.table.Table;
import dev.cacheness.table.TableSource;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Spliterator;
import java.util.Spliterators.AbstractSpliterator;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.parquet.io.InputFile;

/** A stored table that is read row group by row group. Small ones are on the heap, others in a file of their own, so that the entry may go. Thread-safe. */
final class StoredTable implements TableSource {

    private static final int ON_HEAP = 1 << 20;

    private static final int PART = 8_192;

    private final InputFile file;

    private final ParquetCodecs codecs;

    private volatile boolean closed;

    private StoredTable(InputFile file, ParquetCodecs codecs) {
        this.file = file;
        this.codecs = codecs;
    }

    /** Takes all that the stream gives, so that damage is found now and not while rows are read. */
    static StoredTable of(InputStream in, ParquetCodecs codecs) throws IOException {
        byte[] beginning = in.readNBytes(ON_HEAP);
        InputFile file =
                beginning.length < ON_HEAP ? new BytesFile(beginning) : new ChannelFile(SpooledBytes.of(beginning, in));
        StoredTable table = new StoredTable(file, codecs);
        boolean readable = false;
        try {
            ParquetScan.open(file, codecs).close();
            readable = true;
            return table;
        } finally {
            if (!readable) {
                table.close();
            }
        }
    }

    @Override
    public Stream<Table> tables() {
        if (closed) {
            throw new IllegalStateException("The table is closed; get it from the cache again");
        }
        ParquetScan scan = ParquetScan.open(file, codecs);
        return StreamSupport.stream(new Parts(scan), false).onClose(scan::close);
    }

    @Override
    public void close() {
        closed = true;
        try {
            if (file instanceof Closeable spooled) {
                spooled.close();
            }
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    private static final class Parts extends AbstractSpliterator<Table> {

        private final ParquetScan scan;

        Parts(ParquetScan scan) {
            super(Long.MAX_VALUE, Spliterator.ORDERED | Spliterator.NONNULL);
            this.scan = scan;
        }

        @Override
        public boolean tryAdvance(Consumer<? super Table> action) {
            Table part = scan.next(PART);
            if (part == null) {
                return false;
            }
            action.accept(part);
            return true;
        }
    }
}
