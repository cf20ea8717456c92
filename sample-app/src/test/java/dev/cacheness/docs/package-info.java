/** The samples of the documentation, and tests that compare the documentation with the code. */
@NullMarked
package dev.cacheness.docs;

import org.jspecify.annotations.NullMarked;
