package dev.cacheness.internal.store;

/** Memory that one thread uses again and again; what was in it is lost. */
final class Scratch {

    private byte[] bytes = new byte[0];

    byte[] ofLength(int length) {
        if (bytes.length < length) {
            bytes = new byte[length];
        }
        return bytes;
    }
}
