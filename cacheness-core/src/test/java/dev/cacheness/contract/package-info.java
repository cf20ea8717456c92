/** What every implementation of an extension interface has to do, as suites to be run for each of them. */
@NullMarked
package dev.cacheness.contract;

import org.jspecify.annotations.NullMarked;
