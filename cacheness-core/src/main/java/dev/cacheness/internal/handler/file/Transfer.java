package dev.cacheness.internal.handler.file;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Moves bytes in pieces that suit the blocks of the store; the JDK's own transfer takes 8 KiB at a time. */
final class Transfer {

    private static final int PIECE = 256 * 1024;

    private Transfer() {}

    static void all(InputStream in, OutputStream out) throws IOException {
        byte[] piece = new byte[PIECE];
        for (int count = in.read(piece); count >= 0; count = in.read(piece)) {
            out.write(piece, 0, count);
        }
    }
}
