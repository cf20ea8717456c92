/** The endpoint, the health indicator and the info contributor. */
@NullMarked
package dev.cacheness.boot.actuate;

import org.jspecify.annotations.NullMarked;
