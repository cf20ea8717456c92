/** Files and streams: bytes of any number that go through without ever being on the heap as a whole. */
@NullMarked
package dev.cacheness.internal.handler.file;

import org.jspecify.annotations.NullMarked;
