package dev.cacheness.engine;

import dev.cacheness.Durability;
import dev.cacheness.internal.store.WriteSettings;
import dev.cacheness.spi.Codec;

/**
 * The settings that a store of artifacts looks at while it works.
 *
 * @param durability what an acknowledged write survives
 * @param versions whether a put adds a version instead of replacing the latest one
 * @param keepVersions how many versions of a key a put leaves, 0 for all
 * @param contentAddressable whether the key is the hash of the content
 */
record ArtifactSettings(
        Codec codec,
        int codecLevel,
        int compressionThresholdBytes,
        int inlineThresholdBytes,
        Durability durability,
        boolean versions,
        int keepVersions,
        boolean contentAddressable) {

    /** Artifacts may be of any size. */
    WriteSettings writeSettings(String key, boolean compressible) {
        return new WriteSettings(
                key,
                codec,
                codecLevel,
                compressible ? compressionThresholdBytes : Integer.MAX_VALUE,
                inlineThresholdBytes,
                Long.MAX_VALUE,
                durability);
    }
}
