package dev.cacheness.internal.handler;

import dev.cacheness.CacheSerializationException;
import dev.cacheness.spi.FieldReader;
import dev.cacheness.spi.Handler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Objects;
import org.apache.fory.ThreadSafeFory;
import org.apache.fory.memory.MemoryBuffer;

/** Any object of trusted classes, whole graphs with cycles included. The bytes are for Java alone. */
final class ObjectHandler implements Handler<Object>, FieldReader {

    static final String NAME = "object";

    private final ForyHolder holder;

    ObjectHandler(ForyHolder holder) {
        this.holder = holder;
    }

    @Override
    public String name() {
        return NAME;
    }

    /** Everything: it comes last, and says better than others why a value cannot be stored. */
    @Override
    public boolean accepts(Object value) {
        return true;
    }

    @Override
    public void write(Object value, OutputStream out) throws IOException {
        holder.policy().checkWritable(value.getClass());
        try {
            holder.fory().serialize(out, value);
        } catch (RuntimeException | StackOverflowError | LinkageError ex) {
            if (ex.getCause() instanceof IOException failure) {
                throw failure;
            }
            throw ForyFailures.ofWriting(value, ex, holder.policy());
        }
    }

    @Override
    public Object read(InputStream in, Type type) throws IOException {
        return ValueTypes.checked(read(in, holder.fory()), type);
    }

    @Override
    public Object readFields(InputStream in) throws IOException {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        // The serializer looks there, too, for a class that it does not find.
        thread.setContextClassLoader(holder.dataLoader());
        try {
            return Objects.requireNonNull(new ForyFields().plain(read(in, holder.fieldReader())));
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private static Object read(InputStream in, ThreadSafeFory fory) throws IOException {
        byte[] bytes = in.readAllBytes();
        MemoryBuffer buffer = MemoryBuffer.fromByteArray(bytes);
        Object value;
        HashBudget.current().reset();
        try {
            value = fory.deserialize(buffer);
        } catch (RuntimeException | StackOverflowError | LinkageError ex) {
            throw ForyFailures.ofReading(ex);
        } finally {
            HashBudget.current().reset();
        }
        if (value == null || buffer.readerIndex() != bytes.length) {
            throw new CacheSerializationException("The stored object does not end where its bytes do");
        }
        return value;
    }

    @Override
    public Handler<Object> trusting(List<String> packages) {
        return new ObjectHandler(holder.trusting(packages));
    }

    @Override
    public boolean fillsFields() {
        return true;
    }
}
