/** Records of custom metadata as rows in the forms that backends keep, and back. */
@NullMarked
package dev.cacheness.internal.custom;

import org.jspecify.annotations.NullMarked;
