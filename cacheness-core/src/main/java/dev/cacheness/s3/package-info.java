/** For applications that keep blobs in a bucket and have a client of their own for it. Needs the AWS SDK on the class path. */
@NullMarked
package dev.cacheness.s3;

import org.jspecify.annotations.NullMarked;
