package dev.cacheness.internal.handler;

import org.apache.fory.config.Config;
import org.apache.fory.context.ReadContext;
import org.apache.fory.context.WriteContext;
import org.apache.fory.serializer.Serializer;
import org.apache.fory.serializer.UnknownClass;

/** Reads a constant of an enum that nobody knows as its name; the serializer itself would forget it. */
@SuppressWarnings({"rawtypes", "unchecked"})
final class EnumNames extends Serializer {

    EnumNames(Config config) {
        super(config, UnknownClass.UnknownEnum.class);
    }

    @Override
    public void write(WriteContext context, Object value) {
        throw new UnsupportedOperationException("Fields are only read");
    }

    @Override
    public Object read(ReadContext context) {
        return context.readString();
    }
}
