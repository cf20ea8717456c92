/**
 * What extends the cache: handlers for kinds of values, codecs, backends for metadata and for blobs. Found through {@link java.util.ServiceLoader},
 * given to the builder, or, in a Spring application, declared as beans.
 */
@NullMarked
package dev.cacheness.spi;

import org.jspecify.annotations.NullMarked;
