/** What the locks of files have in common. */
@NullMarked
package dev.cacheness.internal.lock;

import org.jspecify.annotations.NullMarked;
