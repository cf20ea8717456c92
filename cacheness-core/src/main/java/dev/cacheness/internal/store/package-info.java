/**
 * The seam under the engine: entries with their bytes, one commit point each. Values become verified, compressed blocks here, and rows and blobs are kept
 * in step.
 */
@NullMarked
package dev.cacheness.internal.store;

import org.jspecify.annotations.NullMarked;
