package dev.cacheness.internal.handler.file;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Puts bytes that have to be read from anywhere into a temporary file that nobody else sees. */
public final class SpooledBytes {

    private SpooledBytes() {}

    /**
     * A file of these bytes and all that the stream gives. It loses its name at once where the system allows it, and its bytes when the channel is closed
     * or forgotten.
     */
    public static FileChannel of(byte[] beginning, InputStream rest) throws IOException {
        Path path = Files.createTempFile("cacheness-", ".spool");
        FileChannel channel = FileChannel.open(
                path, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE);
        boolean complete = false;
        try {
            OutputStream out = Channels.newOutputStream(channel);
            out.write(beginning);
            Transfer.all(rest, out);
            complete = true;
            return channel;
        } finally {
            if (!complete) {
                channel.close();
            }
        }
    }
}
