/** The blob backends that come with the cache: files and memory. Found by name through {@link dev.cacheness.spi.BlobBackendProvider}. */
@NullMarked
package dev.cacheness.internal.blob;

import org.jspecify.annotations.NullMarked;
