package dev.cacheness.boot.autoconfigure;

import dev.cacheness.CacheConfigurationException;
import dev.cacheness.engine.CachenessBuilder;
import dev.cacheness.engine.MemoryLayerSettings;
import org.springframework.util.unit.DataSize;

/** Hands the properties to the builder, which checks them. */
final class BuilderSettings {

    private BuilderSettings() {}

    static CachenessBuilder builder(CachenessProperties properties) {
        CachenessProperties.Storage storage = properties.storage();
        CachenessProperties.Metadata metadata = properties.metadata();
        CachenessProperties.Blob blob = properties.blob();
        CachenessProperties.Compression compression = properties.compression();
        CachenessProperties.Keys keys = properties.keys();
        CachenessBuilder builder = CachenessBuilder.at(storage.dir())
                .defaultTtl(properties.defaultTtl())
                .readTimeout(properties.readTimeout())
                .maxSize(storage.maxSize().toBytes())
                .cleanUpOnInit(storage.cleanupOnInit())
                .durability(storage.durability())
                .inlineThreshold(bytes("cacheness.storage.inline-threshold", storage.inlineThreshold()))
                .metadataBackend(metadata.backend())
                .metadataOptions(metadata.options())
                .storeKeyParameters(metadata.storeKeyParams())
                .verifyIntegrity(metadata.verifyIntegrity())
                .blobOptions(blob.options())
                .codec(compression.codec())
                .codecLevel(compression.level())
                .compressionThreshold(bytes("cacheness.compression.min-size", compression.minSize()))
                .keyMaxDepth(keys.maxDepth())
                .introspectObjects(keys.introspectObjects())
                .hashPathContent(keys.hashPathContent())
                .handlerOrder(properties.handlers().order())
                .disabledHandlers(properties.handlers().disabled());
        if (blob.backend() != null && !blob.backend().isBlank()) {
            builder.blobBackend(blob.backend());
        }
        CachenessProperties.Memory memory = metadata.memory();
        if (memory.enabled()) {
            builder.memoryLayer(
                    new MemoryLayerSettings(memory.type(), memory.maxEntries(), memory.ttl(), memory.stats()));
        }
        properties.caches().forEach((name, cache) -> builder.policy(name, cache.policy()));
        return builder;
    }

    private static int bytes(String property, DataSize size) {
        if (size.toBytes() != (int) size.toBytes()) {
            throw new CacheConfigurationException(
                    property, size.toString(), "It is not a number of bytes below 2 GB.", "Use a size such as 16KB.");
        }
        return (int) size.toBytes();
    }
}
