package dev.cacheness.internal.handler.array;

/**
 * A block as it is stored.
 *
 * @param form how to restore it
 * @param bytes begins with the stored bytes
 * @param length how many of them there are
 */
@SuppressWarnings("ArrayRecordComponent")
record EncodedBlock(int form, byte[] bytes, int length) {}
