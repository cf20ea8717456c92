/** What to ask of the source: a pure function from what is wanted and what is there to the calls that close the gaps. */
@NullMarked
package dev.cacheness.sql.plan;

import org.jspecify.annotations.NullMarked;
