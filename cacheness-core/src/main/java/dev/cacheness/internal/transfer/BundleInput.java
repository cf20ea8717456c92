package dev.cacheness.internal.transfer;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Reads what {@link BundleOutput} wrote, and throws an {@link IOException} where it is not that. For one thread. */
public final class BundleInput {

    private static final int PIECE = 1 << 16;

    private final InputStream in;

    private final MessageDigest whole = BundleFormat.sha256();

    private final DataInputStream data;

    private long entries;

    private @Nullable Value current;

    /** Begins to read. The caller closes the stream. */
    public BundleInput(InputStream in) throws IOException {
        this.in = new BufferedInputStream(in, PIECE);
        this.data = new DataInputStream(new DigestInputStream(this.in, whole));
        if (!Arrays.equals(data.readNBytes(BundleFormat.MAGIC.length), BundleFormat.MAGIC)) {
            throw new IOException("It is no bundle of entries, or one of another version");
        }
    }

    /** Reads to the end without looking at what the entries are. @return how many there are */
    public long verify() throws IOException {
        while (next() != null) {
            value().transferTo(OutputStream.nullOutputStream());
        }
        return entries;
    }

    /** The next entry, whose value must be read to its end before the next one is asked for; null after the last one. */
    public @Nullable TravellingEntry next() throws IOException {
        if (current != null && !current.isComplete()) {
            throw new IllegalStateException("The value of the last entry was not read to its end");
        }
        int mark = data.readUnsignedByte();
        if (mark == BundleFormat.END) {
            end();
            return null;
        }
        if (mark != BundleFormat.ENTRY) {
            throw new IOException("Entry " + entries + " is damaged");
        }
        byte[] header = bytes(data.readInt(), BundleFormat.MAX_HEADER);
        long size = data.readLong();
        if (size < 0) {
            throw new IOException("Entry " + entries + " is damaged");
        }
        MessageDigest sum = BundleFormat.sha256();
        sum.update(header);
        current = new Value(data, size, sum);
        entries++;
        try {
            return EntryHeader.read(new DataInputStream(new ByteArrayInputStream(header)), size);
        } catch (IllegalArgumentException | ClassCastException ex) {
            throw new IOException("The header of entry " + (entries - 1) + " is damaged", ex);
        }
    }

    /** The value of the entry that was given last. Throws at its end if header or value were altered. */
    public InputStream value() {
        if (current == null) {
            throw new IllegalStateException("There is no entry yet");
        }
        return current;
    }

    private byte[] bytes(int length, int most) throws IOException {
        if (length < 0 || length > most) {
            throw new IOException("Entry " + entries + " is damaged");
        }
        byte[] bytes = data.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("The bundle ends early");
        }
        return bytes;
    }

    private void end() throws IOException {
        if (data.readLong() != entries) {
            throw new IOException("Entries are missing");
        }
        byte[] actual = whole.digest();
        byte[] expected = in.readNBytes(BundleFormat.SUM_LENGTH);
        if (!MessageDigest.isEqual(actual, expected) || in.read() >= 0) {
            throw new IOException("The checksum of the whole is wrong");
        }
    }

    /** The bytes of one value, and then its checksum. */
    private static final class Value extends FilterInputStream {

        private final MessageDigest sum;

        private long left;

        private boolean complete;

        Value(DataInputStream data, long size, MessageDigest sum) {
            super(data);
            this.left = size;
            this.sum = sum;
        }

        boolean isComplete() {
            return complete;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            if (left == 0) {
                check();
                return -1;
            }
            int count = in.read(target, offset, (int) Math.min(length, left));
            if (count < 0) {
                throw new EOFException("The bundle ends early");
            }
            sum.update(target, offset, count);
            left -= count;
            return count;
        }

        private void check() throws IOException {
            if (complete) {
                return;
            }
            byte[] expected = in.readNBytes(BundleFormat.SUM_LENGTH);
            if (!MessageDigest.isEqual(sum.digest(), expected)) {
                throw new IOException("The checksum of an entry is wrong");
            }
            complete = true;
        }

        @Override
        public int available() {
            return 0;
        }

        @Override
        public void close() {
            // The stream belongs to the bundle.
        }
    }
}
