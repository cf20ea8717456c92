package dev.cacheness.spi;

import java.io.IOException;
import java.util.concurrent.Executor;

/**
 * What the stream of a stored value can do besides: hand out a run of its bytes in pieces, to several threads at once. A {@link Handler} may ask whether the
 * stream that it reads is one; a handler that does not care reads the bytes in order.
 */
public interface ParallelInput {

    /** How many bytes of the value were read or handed out so far. For the thread that reads the stream. */
    long position();

    /** How many bytes of the value are left. For the thread that reads the stream. */
    long remaining();

    /**
     * Hands out the next bytes and returns after the last of them was taken. Every piece has been verified, as all that the stream gives. The calling
     * thread takes part, so that it goes on even if the executor has no time.
     *
     * @param length how many bytes, at most {@link #remaining()}
     * @param helpers where other threads come from; refusing is not allowed
     * @param helperCount how many of them may help
     * @throws IOException if the bytes cannot be had, or as the target threw it; pieces that were handed out before are of no use then
     */
    void transfer(long length, Executor helpers, int helperCount, Target target) throws IOException;

    /** Takes pieces. */
    @FunctionalInterface
    interface Target {

        /**
         * Takes a piece; calls overlap.
         *
         * @param position where the piece begins, counted from the first byte that this transfer hands out
         * @param bytes where the piece is, only until this method returns
         */
        void accept(long position, byte[] bytes, int offset, int length) throws IOException;

        /** Whether there is a place for pieces already. As long as there is none, helpers read and verify a little more before they hand out. */
        default boolean isReady() {
            return true;
        }
    }
}
