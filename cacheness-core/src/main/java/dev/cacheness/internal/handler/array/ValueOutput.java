package dev.cacheness.internal.handler.array;

import java.io.DataOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Writes numbers and knows how many bytes it has written, also beyond 2 GiB. For one thread. */
final class ValueOutput extends DataOutputStream {

    ValueOutput(OutputStream stream) {
        super(new Counting(stream));
    }

    long position() {
        return ((Counting) out).count;
    }

    private static final class Counting extends FilterOutputStream {

        private long count;

        Counting(OutputStream stream) {
            super(stream);
        }

        @Override
        public void write(int value) throws IOException {
            out.write(value);
            count++;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
            count += length;
        }
    }
}
