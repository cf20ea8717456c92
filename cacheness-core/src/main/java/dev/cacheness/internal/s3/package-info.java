/** Blobs as objects in a bucket that speaks the protocol of Amazon S3. The only package that knows the SDK, besides the one that takes a client of it. */
@NullMarked
package dev.cacheness.internal.s3;

import org.jspecify.annotations.NullMarked;
