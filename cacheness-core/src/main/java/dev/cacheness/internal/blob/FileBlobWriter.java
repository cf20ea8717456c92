package dev.cacheness.internal.blob;

import dev.cacheness.Durability;
import dev.cacheness.spi.BlobBackend.BlobWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes a blob to its file. */
final class FileBlobWriter implements BlobWriter {

    private static final Logger log = LoggerFactory.getLogger(FileBlobWriter.class);

    private final String blobId;

    private final Path folder;

    private final FileChannel channel;

    private final Durability durability;

    private final Protection protection;

    private boolean committed;

    private boolean closed;

    FileBlobWriter(String blobId, Path folder, FileChannel channel, Durability durability, Protection protection) {
        this.blobId = blobId;
        this.folder = folder;
        this.channel = channel;
        this.durability = durability;
        this.protection = protection;
    }

    @Override
    public String blobId() {
        return blobId;
    }

    @Override
    public void write(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    @Override
    public void commit() throws IOException {
        if (durability == Durability.POWER) {
            channel.force(true);
            PrivateFiles.forceFolder(folder);
        }
        channel.close();
        committed = true;
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            if (!committed) {
                channel.close();
                Files.deleteIfExists(folder.resolve(blobId));
            }
        } catch (IOException ex) {
            log.warn("The unfinished blob {} could not be deleted; the next sweep will", blobId, ex);
        } finally {
            protection.end(blobId, committed);
        }
    }
}
