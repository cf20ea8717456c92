package dev.cacheness.internal.transfer;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;

/**
 * Writes entries into one stream:
 *
 * <pre>
 * "cacheness bundle 1\n"
 * for each entry:
 *   byte 1, int length of the header, the header, long length of the value, the value as its handler wrote it,
 *   the SHA-256 of header and value
 * byte 0, long number of entries, the SHA-256 of all before it
 * </pre>
 *
 * <p>Numbers are big-endian. For one thread.
 */
public final class BundleOutput {

    private static final int PIECE = 1 << 20;

    private final MessageDigest whole = BundleFormat.sha256();

    private final OutputStream out;

    private final DataOutputStream data;

    private long entries;

    /** Begins a bundle. The caller closes the stream. */
    public BundleOutput(OutputStream out) throws IOException {
        this.out = out;
        this.data = new DataOutputStream(new DigestOutputStream(out, whole));
        data.write(BundleFormat.MAGIC);
    }

    /** Appends an entry. @throws IOException also if the value is not as long as the metadata say */
    public void write(TravellingEntry entry, InputStream value) throws IOException {
        var header = new ByteArrayOutputStream();
        EntryHeader.write(entry, new DataOutputStream(header));
        long size = entry.metadata().rawSizeBytes();
        MessageDigest sum = BundleFormat.sha256();
        sum.update(header.toByteArray());
        data.writeByte(BundleFormat.ENTRY);
        data.writeInt(header.size());
        header.writeTo(data);
        data.writeLong(size);
        byte[] piece = new byte[(int) Math.max(1, Math.min(PIECE, size))];
        long left = size;
        for (int count = value.read(piece); count >= 0; count = value.read(piece)) {
            sum.update(piece, 0, count);
            data.write(piece, 0, count);
            left -= count;
        }
        if (left != 0) {
            throw new IOException("The value of " + entry.metadata().digest() + " has " + (size - left)
                    + " bytes instead of " + size);
        }
        data.write(sum.digest());
        entries++;
    }

    /** Ends the bundle. */
    public void finish() throws IOException {
        data.writeByte(BundleFormat.END);
        data.writeLong(entries);
        data.flush();
        out.write(whole.digest());
        out.flush();
    }
}
