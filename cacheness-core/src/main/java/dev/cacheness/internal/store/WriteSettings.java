package dev.cacheness.internal.store;

import dev.cacheness.Durability;
import dev.cacheness.spi.Codec;

/**
 * How a value is to be written.
 *
 * @param digest the key's, for messages
 * @param codec compresses the blocks
 * @param level the level of the codec
 * @param compressionThresholdBytes values below this are not compressed
 * @param inlineThresholdBytes values whose stored size is at most this go into the row
 * @param maxSizeBytes what the stored size may be at most
 * @param durability what the value is to survive
 */
public record WriteSettings(
        String digest,
        Codec codec,
        int level,
        int compressionThresholdBytes,
        int inlineThresholdBytes,
        long maxSizeBytes,
        Durability durability) {}
