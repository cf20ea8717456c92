package dev.cacheness;

import java.time.Duration;

/** What may be said while getting a value; made for static import. */
public sealed interface GetOption {

    /** The oldest value that will do. */
    record MaxAge(Duration age) implements GetOption {
        public MaxAge {
            if (age.isNegative()) {
                throw new IllegalArgumentException("maxAge must not be negative, but is " + age);
            }
        }
    }

    /**
     * A value that was put longer ago counts as a miss with the reason {@link MissReason#EXPIRED}; the entry stays for those who ask for less.
     *
     * @throws IllegalArgumentException if negative
     */
    static GetOption maxAge(Duration age) {
        return new MaxAge(age);
    }
}
