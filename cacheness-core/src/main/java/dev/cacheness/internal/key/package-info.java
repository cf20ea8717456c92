/** Canonical bytes of a key and the digest made of them; the text of its parameters that people are shown. */
@NullMarked
package dev.cacheness.internal.key;

import org.jspecify.annotations.NullMarked;
