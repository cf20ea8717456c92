package dev.cacheness.internal.handler.array;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Buffers of one size that are used again and again while one array is read. Thread-safe. */
final class Spares {

    private final int size;

    private final Queue<byte[]> idle = new ConcurrentLinkedQueue<>();

    Spares(int size) {
        this.size = size;
    }

    /** A buffer with anything in it. */
    byte[] take() {
        byte[] buffer = idle.poll();
        return buffer != null ? buffer : new byte[size];
    }

    /** Takes back a buffer that nobody looks at any more. */
    void giveBack(byte[] buffer) {
        idle.add(buffer);
    }
}
