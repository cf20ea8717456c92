/** Opens caches: the builder wires the parts, holds the defaults and hands out the engine behind {@link dev.cacheness.Cacheness}. */
@NullMarked
package dev.cacheness.engine;

import org.jspecify.annotations.NullMarked;
