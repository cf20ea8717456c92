/** The samples of the documentation, run. */
@NullMarked
package dev.cacheness.docs;

import org.jspecify.annotations.NullMarked;
