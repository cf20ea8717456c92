package dev.cacheness.spi;

import java.io.IOException;
import java.io.InputStream;

/** What a {@link Handler} is, too, if it can tell what is in a value whose class is gone or has changed. {@link Upcaster}s need it. */
public interface FieldReader {

    /**
     * Reads a value without its classes.
     *
     * @param in as {@link Handler#read} gets it
     * @return a {@code Map} from the names of fields to values for an object of a class of the application, a {@code List} for a list or an array of such
     *     objects, with all in them likewise, and constants of enums as their names; anything else as {@link Handler#read} gives it
     * @throws IOException as the stream threw it
     * @throws dev.cacheness.CacheSerializationException if the bytes make no value
     */
    Object readFields(InputStream in) throws IOException;
}
