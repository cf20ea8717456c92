package dev.cacheness.internal.handler;

import dev.cacheness.spi.Handler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.Type;

/** Byte arrays as they are. */
final class BytesHandler implements Handler<byte[]> {

    static final String NAME = "bytes";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean accepts(Object value) {
        return value instanceof byte[];
    }

    @Override
    public void write(byte[] value, OutputStream out) throws IOException {
        out.write(value);
    }

    @Override
    public byte[] read(InputStream in, Type type) throws IOException {
        return ValueTypes.checked(in.readAllBytes(), type);
    }
}
