/** The built-in handlers. Found as services; nothing imports them. */
@NullMarked
package dev.cacheness.internal.handler;

import org.jspecify.annotations.NullMarked;
