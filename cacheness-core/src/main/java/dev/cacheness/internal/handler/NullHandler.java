package dev.cacheness.internal.handler;

import dev.cacheness.CacheSerializationException;
import dev.cacheness.spi.Handler;
import dev.cacheness.spi.NullValue;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.Type;

/** Keeps the mark that stands for null. That the entry is there says all, so there is nothing to write. */
final class NullHandler implements Handler<NullValue> {

    static final String NAME = "null";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean accepts(Object value) {
        return value instanceof NullValue;
    }

    @Override
    public void write(NullValue value, OutputStream out) {}

    @Override
    public NullValue read(InputStream in, Type type) throws IOException {
        if (in.read() >= 0) {
            throw new CacheSerializationException("A stored null has no bytes, but there are some");
        }
        return ValueTypes.checked(NullValue.INSTANCE, type);
    }

    @Override
    public boolean compressible() {
        return false;
    }
}
