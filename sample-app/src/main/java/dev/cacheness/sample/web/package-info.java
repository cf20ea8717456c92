/** What all answers have in common: the header {@code X-Cache} and problem details. */
@NullMarked
package dev.cacheness.sample.web;

import org.jspecify.annotations.NullMarked;
