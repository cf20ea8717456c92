/** Makes blocks of bytes smaller and restores them: the built-in codecs, and the registry in which they are found by name. */
@NullMarked
package dev.cacheness.internal.codec;

import org.jspecify.annotations.NullMarked;
