/** Arrays, buffers and bundles of arrays: their bits as they are, cut into blocks that are shuffled and compressed where that pays. */
@NullMarked
package dev.cacheness.internal.handler.array;

import org.jspecify.annotations.NullMarked;
